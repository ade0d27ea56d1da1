/** Runs a training that Ctrl+C, or a notebook's stop button, ends in good order. */

import { nextTurn, takeSignal } from '../interrupts';
import { Interrupt, StoppedAtOnce, type InterruptOptions } from './interrupt';

// After a second interrupt: how long training may take to reach its next batch before it is left behind.
const GRACE_MS = 1000;

/**
 * Runs `run` with an interrupt signal (SIGINT) meaning "stop training". One signal: training ends with the batch under way,
 * with the best weights in the model, and `run` returns its history as ever. A second one: training ends at its next
 * batch with an error. A native operation under way is always finished first.
 * @param run     starts the training; `interrupt` must come first in its callbacks
 * @param options which epoch is the best (default: lowest val_loss, or loss without validation), where the message goes
 * @returns       what `run` returns
 * @throws        StoppedAtOnce after a second signal; else what `run` throws
 * @example       const history = await interruptible((interrupt) =>
 *                  model.fitDataset(train, { epochs: 20, validationData: interrupt.watch(validation), callbacks: [interrupt] }));
 *                // 'Stopped by the user in epoch 3, batch 57; the best weights (epoch 2, val_loss 0.14721) are restored.'
 */
export async function interruptible<T>(
  run: (interrupt: Interrupt) => Promise<T>,
  options: InterruptOptions = {},
): Promise<T> {
  // The tslab kernel is only ready for another handler once the cell has let the event loop turn.
  await nextTurn();
  const interrupt = new Interrupt(options);
  let reportSecond: () => void;
  const second = new Promise<void>((resolve) => (reportSecond = resolve));
  const onSignal = (): void => {
    if (interrupt.requested) reportSecond();
    interrupt.request();
  };
  const giveBack = takeSignal(onSignal);
  try {
    const running = (async () => run(interrupt))();
    return await Promise.race([running, second.then(() => endWithin(running, GRACE_MS))]);
  } finally {
    giveBack();
    await interrupt.end();
  }
}

/** What `running` comes to, if it ends soon; else it is left behind, to end at its next batch. */
async function endWithin<T>(running: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new StoppedAtOnce()), limitMs);
  });
  try {
    return await Promise.race([running, limit]);
  } finally {
    clearTimeout(timer);
  }
}
