/** The worker's half of a turn: waits to be called, and hands over what it measured. */

import { createInterface } from 'node:readline';

const lines = createInterface(process.stdin)[Symbol.asyncIterator]();

/** The next task, or undefined where there is none any more. */
export async function nextTask(): Promise<unknown> {
  const line = await lines.next();
  return line.done ? undefined : JSON.parse(line.value);
}

/** Ends a turn and waits for the next; its time counts for nobody. */
export async function pause(result: unknown): Promise<void> {
  say(false, result);
  await lines.next();
}

/** Ends a task. */
export function finish(result: unknown): void {
  say(true, result);
}

function say(done: boolean, result: unknown): void {
  process.stdout.write(`${JSON.stringify({ done, result: result ?? null })}\n`);
}

/** Milliseconds since the last call, without the pauses in between. */
export class Stopwatch {
  private began = performance.now();

  /** Starts anew. */
  start(): void {
    this.began = performance.now();
  }

  /** Reads and starts anew. */
  lap(): number {
    const ms = performance.now() - this.began;
    this.start();
    return ms;
  }
}
