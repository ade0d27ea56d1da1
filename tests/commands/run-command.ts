/** Runs one of the project's commands as npm would, without its set-up. */

import { spawn } from 'node:child_process';
import { project } from 'celeba-lab';

/** What a command left. */
export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/**
 * @param script name in scripts/, such as `predict.ts`
 * @param args   its arguments
 * @param env    variables beside those of this process
 * @param input  what it reads on stdin; default nothing
 */
export function runCommand(
  script: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
  input = '',
): Promise<CommandResult> {
  const node = ['--require', 'ts-node/register/transpile-only', project.projectPath('scripts', script), ...args];
  const child = spawn(process.execPath, node, { cwd: project.projectPath(), env: { ...process.env, ...env } });
  child.stdin.end(input);
  const result: CommandResult = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => (result.stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (result.stderr += data.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...result, code }));
  });
}
