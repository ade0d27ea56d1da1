/** Types of steps.mjs, for the commands written in TypeScript. */

export interface SetupStep {
  name: 'requirements' | 'packages' | 'python' | 'addon' | 'lib' | 'kernelspec' | 'weights';
  title: string;
  /** Steps whose result this one is made from. */
  after?: string[];
  /** Steps that must have ended before. */
  needs?: string[];
  /** Why the step isn't done, in a few words; undefined where it is. */
  why(): string | undefined;
  run(context: SetupContext): Promise<void>;
}

export interface SetupContext {
  command(
    argv: string[],
    options: { failure: string; telling?: RegExp; onLine?: (line: string) => void },
  ): Promise<void>;
  detail(text: string): void;
}

export interface SetupProject {
  root: string;
  env: NodeJS.ProcessEnv;
  path(...parts: string[]): string;
}

export function createSteps(project?: SetupProject): SetupStep[];
export function openSteps(steps: SetupStep[]): SetupStep[];
