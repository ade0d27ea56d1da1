/** Long work that a notebook's stop button ends between two of its steps, with nothing going on behind the cell. */

import { nextTurn, takeSignal } from './take-signal';

/** Thrown out of work that its user has stopped. */
export class Stopped extends Error {
  /** @param message how far the work came, and what is kept of it */
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
    // Where it was noticed tells nothing; a notebook would keep it, with this machine's paths.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** Called between two steps; `where` is for the sentence of `Stopped`, such as `after 64 of 1,678 photos, which are kept`. */
export type StopCheck = (where: () => string) => Promise<void>;

/**
 * Does `work`, in which a check between two steps throws `Stopped` once an interrupt (SIGINT) has come. Without this the kernel
 * ends the cell at once, and its work goes on behind the next ones. Where nobody else listens to the signal, as in a
 * command, it ends the process as ever.
 * @param work awaits the check between its steps, and leaves everything in order when that throws
 * @returns    what `work` returns
 * @throws     Stopped; else what `work` throws
 */
export async function stoppable<T>(work: (check: StopCheck) => Promise<T>): Promise<T> {
  // The tslab kernel is only ready for another handler once the cell has let the event loop turn.
  await nextTurn();
  if (process.listenerCount('SIGINT') === 0) return work(() => Promise.resolve());
  let isAsked = false;
  const giveBack = takeSignal(() => (isAsked = true));
  try {
    return await work(async (where) => {
      await nextTurn();
      if (isAsked) throw new Stopped(`Stopped by the user ${where()}.`);
    });
  } finally {
    giveBack();
  }
}
