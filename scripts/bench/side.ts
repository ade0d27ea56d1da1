/** One side of the comparison: a process that works in turns and tells what each step took. */

import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { OutsideFault } from '../command';
import { removeAtExit } from '../left-behind';

/** What a process says at the end of a turn. */
export interface Turn<T> {
  /** The task is finished. */
  done: boolean;
  /** What was measured in this turn. */
  result: T;
}

/** Talks to one process: a task is a line of JSON, and each turn of it ends with one. */
export class Side {
  private readonly lines: AsyncIterator<string>;
  private readonly closed: Promise<void>;
  private stderr = '';

  private constructor(
    readonly name: string,
    private readonly process: ChildProcess,
  ) {
    if (!process.stdout || !process.stderr) throw new Error('The process has no pipes.');
    this.lines = createInterface(process.stdout)[Symbol.asyncIterator]();
    process.stderr.on('data', (text) => (this.stderr = `${this.stderr}${text}`.slice(-4000)));
    // A program that can't be started, or has ended, is told of by the turn that waits for it.
    process.on('error', (error) => (this.stderr += error.message));
    process.stdin?.on('error', () => undefined);
    // Without us, it would work to the end of its turn, in a folder that is gone.
    const forget = removeAtExit(() => process.kill('SIGKILL'));
    this.closed = new Promise((resolve) => process.once('close', () => resolve(forget())));
  }

  /** Starts a program; its environment is that of this process, as `env` changes it. */
  static start(name: string, program: string, args: string[], env: NodeJS.ProcessEnv): Side {
    return new Side(name, spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] }));
  }

  /**
   * Begins a task or, without one, goes on with it, and waits for the end of the turn.
   * @throws OutsideFault with the last words of a process that ended instead
   */
  async turn<T>(task?: object): Promise<Turn<T>> {
    this.process.stdin?.write(`${JSON.stringify(task ?? { go: true })}\n`);
    for (;;) {
      const line = await this.lines.next();
      if (line.done) throw await this.ended();
      if (line.value.startsWith('{"done"')) return JSON.parse(line.value) as Turn<T>;
    }
  }

  /** A task that has one turn. */
  async once<T>(task: object): Promise<T> {
    return (await this.turn<T>(task)).result;
  }

  /** Ends the process. */
  stop(): void {
    this.process.stdin?.end();
    this.process.kill();
  }

  /** The last words may come after the end of what was measured. */
  private async ended(): Promise<OutsideFault> {
    this.process.kill();
    await this.closed;
    return new OutsideFault({
      where: `${this.name}'s side of the comparison`,
      found: `a process that ended: ${this.stderr.trim().split('\n').slice(-3).join(' / ')}`,
      expected: 'its measurements',
      remedy: 'Run npm run doctor',
    });
  }
}

/**
 * Runs a task of several turns on each side, one turn here, one there, so that both meet the same machine.
 * @returns the turns' results, by side
 */
export async function alternate<A, B>(
  [one, oneTask]: [Side, object],
  [other, otherTask]: [Side, object],
): Promise<[A[], B[]]> {
  const results: [A[], B[]] = [[], []];
  const sides = [
    { side: one, task: oneTask, done: false },
    { side: other, task: otherTask, done: false },
  ];
  for (let first = true; sides.some(({ done }) => !done); first = false) {
    for (const [i, state] of sides.entries()) {
      if (state.done) continue;
      const turn = await state.side.turn<A & B>(first ? state.task : undefined);
      results[i].push(turn.result);
      state.done = turn.done;
    }
  }
  return results;
}
