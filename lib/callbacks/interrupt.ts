/** The callback that ends training when the user asks for it, with the best weights in the model. */

import { nextTurn, Stopped } from '../interrupts';
import { tf } from '../tensorflow/load';
import { BestKeeper, type BestKeeperOptions } from './best-keeper';
import { discardLogs, type UnresolvedLogs } from './logs';

/** Options of an interruptible training: which epoch is the best, and where the message goes. */
export type InterruptOptions = BestKeeperOptions;

/** Thrown out of training by a second request to stop; the model keeps the weights of that moment. */
export class StoppedAtOnce extends Stopped {
  constructor() {
    super('Stopped at once, by a second interrupt: the best weights were not put back. Run the cell again to train.');
  }
}

/**
 * Goes first in the list of callbacks. After a request to stop, the batch under way is the last one; the epoch it belongs
 * to is left out of history, log and checkpoints, and the weights of the best whole epoch are put back.
 */
export class Interrupt extends BestKeeper {
  private requests = 0;
  private epoch = 0;
  private batchesDone = 0;
  private epochCutShort = false;
  private epochIsEnding = false;
  private stopIsDeferred = false;
  private readonly endings: (() => Promise<void>)[] = [];

  /** Whether a stop was asked for, as a function to hand to whatever produces batches. */
  readonly stop = (): boolean => this.requested;

  /** Whether a stop was asked for. */
  get requested(): boolean {
    return this.requests > 0;
  }

  /** Asks for a stop; asked twice, training throws StoppedAtOnce at its next batch. */
  request(): void {
    this.requests += 1;
    if (this.model && !(this.stopIsDeferred && this.epochIsEnding)) this.model.stopTraining = true;
  }

  /**
   * From now on a stop that is asked for while the callbacks end a whole epoch waits until the last of them calls `applyStop`:
   * only then does `stopTraining` tell that one whether another callback has ended training.
   */
  deferStop(): void {
    this.stopIsDeferred = true;
  }

  /** Ends training where a stop was asked for. */
  applyStop(): void {
    if (this.requested) this.model.stopTraining = true;
  }

  /** Has something done when `interruptible` ends, also by an error. */
  atEnd(ending: () => Promise<void>): void {
    this.endings.push(ending);
  }

  /** Does what was asked for by `atEnd`; for `interruptible`. */
  async end(): Promise<void> {
    for (const ending of this.endings.splice(0)) await ending();
  }

  /**
   * The same batches, which end early once a stop is asked for. Meant for `validationData`: tfjs checks nothing on its way
   * through it, and signals are only seen when the event loop gets a turn.
   */
  watch<T extends tf.TensorContainer>(batches: tf.data.Dataset<T>): tf.data.Dataset<T> {
    return new WatchedBatches(batches, () => this.turn());
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.epoch = epoch + 1;
    this.batchesDone = 0;
    this.epochCutShort = false;
    this.epochIsEnding = false;
  }

  override async onBatchBegin(): Promise<void> {
    if (this.requests > 1) throw new StoppedAtOnce();
  }

  override async onBatchEnd(batch: number, logs: UnresolvedLogs = {}): Promise<void> {
    this.batchesDone = batch + 1;
    // tfjs clears its own flag when training begins, so it is set here as well as in request().
    if (await this.turn(logs)) this.model.stopTraining = true;
  }

  override async onEpochEnd(epoch: number, logs: UnresolvedLogs = {}): Promise<void> {
    if (await this.turn(logs)) {
      this.epochCutShort = true;
      this.model.stopTraining = true;
      discardLogs(logs);
    } else {
      this.epochIsEnding = true;
    }
    await super.onEpochEnd(epoch, logs);
  }

  override async onTrainEnd(): Promise<void> {
    if (this.requested) {
      this.leaveWholeEpochs();
      this.bestWeights.restore(this.model);
      this.print(this.sentence());
    }
    this.bestWeights.forget();
  }

  /** Lets a signal be seen. Returns whether to stop. */
  private async turn(logs: UnresolvedLogs = {}): Promise<boolean> {
    await nextTurn();
    if (this.requests > 1) {
      discardLogs(logs);
      throw new StoppedAtOnce();
    }
    return this.requested;
  }

  private sentence(): string {
    const where = this.epochCutShort
      ? `in epoch ${this.epoch}, batch ${this.batchesDone}`
      : `after epoch ${this.epoch}`;
    const best = this.bestEpochInWords();
    if (best === undefined)
      return `Stopped by the user ${where}; no epoch was complete, so the weights stay as they are.`;
    return `Stopped by the user ${where}; the best weights (${best}) are restored.`;
  }
}

/** A dataset that asks before each batch whether to end. */
class WatchedBatches<T extends tf.TensorContainer> extends tf.data.Dataset<T> {
  override readonly size: number;

  constructor(
    private readonly batches: tf.data.Dataset<T>,
    private readonly ends: () => Promise<boolean>,
  ) {
    super();
    this.size = batches.size;
  }

  override async iterator() {
    const iterator = await this.batches.iterator();
    const next = iterator.next.bind(iterator);
    iterator.next = async () => ((await this.ends()) ? { value: null, done: true } : next());
    return iterator;
  }
}
