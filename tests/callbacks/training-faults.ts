/** Callbacks that end or stop a training at a chosen place. */

import { setTimeout } from 'node:timers/promises';
import { tf } from 'celeba-lab';

/** Ends the process's training as a fault would, in the middle of an epoch. */
export class Fault extends tf.Callback {
  constructor(private readonly epoch: number) {
    super();
  }

  override async onBatchBegin(batch: number): Promise<void> {
    if (this.model.history.epoch.length + 1 === this.epoch && batch === 2) throw new Error('a fault');
  }
}

/** Does something in the middle of an epoch, once; it may throw. */
export class Once extends tf.Callback {
  private done = false;

  constructor(
    private readonly epoch: number,
    private readonly action: () => void,
  ) {
    super();
  }

  override async onBatchBegin(batch: number): Promise<void> {
    if (this.done || this.model.history.epoch.length + 1 !== this.epoch || batch !== 2) return;
    this.done = true;
    this.action();
  }
}

/** Does something once, while an epoch's end is at work and its row is in the log already. */
class OnceAtEnd extends tf.Callback {
  private done = false;

  constructor(
    private readonly epoch: number,
    private readonly action: () => Promise<void>,
  ) {
    super();
  }

  override async onEpochEnd(epoch: number): Promise<void> {
    if (this.done || epoch + 1 !== this.epoch) return;
    this.done = true;
    await this.action();
  }
}

/** Fails, as a full disk does while the model is saved. */
export class LateFault extends OnceAtEnd {
  constructor(epoch: number) {
    super(epoch, () => Promise.reject(new Error('a fault')));
  }
}

/** Presses the stop button, and gives the signal the time to arrive. */
export class StopAtEnd extends OnceAtEnd {
  constructor(epoch: number) {
    super(epoch, async () => {
      process.kill(process.pid, 'SIGINT');
      await setTimeout(20);
    });
  }
}
