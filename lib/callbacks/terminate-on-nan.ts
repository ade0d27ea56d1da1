/** Ends training when the loss is no number any more, or explodes, and puts the best weights back. */

import { InputError } from '../errors';
import type { PartState } from '../run-state';
import type { tf } from '../tensorflow/load';
import { BestKeeper, type BestKeeperOptions } from './best-keeper';
import { discardLogs, resolveLogs, type UnresolvedLogs } from './logs';

/** Options of TerminateOnNaN. */
export interface TerminateOnNaNOptions extends BestKeeperOptions {
  /**
   * A mean loss of more than so many times that of the very first batch has exploded; above 1, default 10. Of cross-entropies
   * a limit is known besides, see TerminateOnNaN.
   */
  explosion?: number;
}

// One batch in four that is certain and half wrong (8), with three at 1.5, stays below the limit for two classes.
const FEWEST_BATCHES = 4;
// tfjs's cross-entropies take no probability below 1e-7, so no loss is greater.
const LOSS_OF_CERTAINLY_WRONG = -Math.log(1e-7);

/**
 * After a batch whose loss is NaN or infinite, weights are worthless: that batch is the last. So is an epoch whose loss has
 * exploded. Either is left out of history, log and checkpoints, and the weights of the best epoch are put back. Goes before
 * the callbacks that log or save. Keras's ends at NaN and infinity alone, and restores nothing.
 *
 * Exploded is judged at the end of an epoch, by the mean of its batches, or of the epochs since the last judgement where they
 * have fewer than four batches, so that a single batch that leaps ends nothing. The limit is `explosion` times the first
 * batch's loss. That alone says little of `binaryCrossentropy` and `categoricalCrossentropy`: a network that answers with
 * certainty and is wrong half the time has a loss of 8, whatever it began with. So for them the limit is
 * - at most the geometric mean of guessing (log 2, log of the classes) and certainly wrong (16.1): 3.3 for two classes,
 *   where ordinary trainings have 0.3 to 1 in their first epochs; but not less than the first batch's loss,
 * - at least twice guessing: a model that was good from the first batch on may well have ten times its loss at times.
 * @throws  InputError, when training ends, where that happened before any epoch was whole
 * @source  keras/src/callbacks/terminate_on_nan.py
 * @example new TerminateOnNaN() // 'Epoch 3, batch 17: the loss is NaN. Training ends; the best weights (epoch 2, val_loss 0.14721) are restored. ...'
 */
export class TerminateOnNaN extends BestKeeper {
  private readonly explosion: number;
  private firstLoss: number | undefined;
  private epoch = 0;
  private batchesInEpoch = 0;
  /** Sum of losses, and batches, since the last judgement. */
  private run = { sum: 0, batches: 0 };
  /** `what` goes on after `the loss`. */
  private fault: { where: string; what: string; remedy: string } | undefined;

  /** Ends training when the loss is NaN, infinite or has exploded, and puts the best weights back. */
  constructor(options: TerminateOnNaNOptions = {}) {
    super(options);
    this.explosion = options.explosion ?? 10;
    if (!(this.explosion > 1)) throw this.refusal('explosion', String(this.explosion), 'above 1', 'Set explosion: 10');
  }

  override async onTrainBegin(): Promise<void> {
    this.firstLoss = undefined;
    this.run = { sum: 0, batches: 0 };
    this.fault = undefined;
    await super.onTrainBegin();
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.epoch = epoch + 1;
    this.batchesInEpoch = 0;
  }

  override async onBatchEnd(batch: number, logs: UnresolvedLogs = {}): Promise<void> {
    const { loss } = await resolveLogs(logs);
    this.firstLoss ??= loss;
    this.batchesInEpoch = batch + 1;
    if (Number.isFinite(loss)) return;
    const remedy = 'Lower the learning rate, and look at the photos of this batch';
    this.fault = { where: `Epoch ${this.epoch}, batch ${batch + 1}`, what: `is ${loss}`, remedy };
    this.model.stopTraining = true;
  }

  override async onEpochEnd(epoch: number, logs: UnresolvedLogs = {}): Promise<void> {
    const { loss } = await resolveLogs(logs);
    if (loss !== undefined && this.fault === undefined) this.judge(loss);
    if (this.fault !== undefined) {
      this.model.stopTraining = true;
      discardLogs(logs);
    }
    await super.onEpochEnd(epoch, logs);
  }

  override async onTrainEnd(): Promise<void> {
    if (this.fault !== undefined) {
      const { where, what, remedy } = this.fault;
      const best = this.bestEpochInWords();
      if (best === undefined) {
        const found = `a loss that ${what}, and no epoch before it to go back to`;
        throw new InputError({ where, found, expected: 'a loss that falls', remedy });
      }
      this.leaveWholeEpochs();
      this.bestWeights.restore(this.model);
      this.print(
        `${where}: the loss ${what}. Training ends; the best weights (${best}) are restored. A lower learning rate may help.`,
      );
    }
    this.bestWeights.forget();
  }

  override facts(): Record<string, unknown> {
    return { ...super.facts(), explosion: this.explosion };
  }

  override saveState(): PartState {
    const { values, arrays } = super.saveState();
    return { values: { ...values, firstLoss: this.firstLoss, run: this.run }, arrays };
  }

  override async loadState(state: PartState): Promise<void> {
    await super.loadState(state);
    this.firstLoss = state.values?.firstLoss as number | undefined;
    this.run = state.values?.run as typeof this.run;
  }

  private judge(epochLoss: number): void {
    const batches = this.run.batches + this.batchesInEpoch;
    const sum = this.run.sum + epochLoss * this.batchesInEpoch;
    this.run = { sum, batches };
    if (batches < FEWEST_BATCHES || this.firstLoss === undefined) return;
    this.run = { sum: 0, batches: 0 };
    const mean = sum / batches;
    if (mean <= this.limit(this.firstLoss)) return;
    const what = `has exploded, from ${this.firstLoss.toFixed(3)} in the first batch to ${mean.toFixed(3)}`;
    this.fault = { where: `Epoch ${this.epoch}`, what, remedy: 'Lower the learning rate' };
  }

  private limit(firstLoss: number): number {
    const grown = this.explosion * firstLoss;
    const guessing = lossOfGuessing(this.model);
    if (guessing === undefined) return grown;
    const between = Math.sqrt(guessing * LOSS_OF_CERTAINLY_WRONG);
    return Math.max(firstLoss, Math.min(between, Math.max(grown, 2 * guessing)));
  }
}

/** The loss of outputs that favour no class, whatever is shown; undefined where the model's loss is one of which that isn't known. */
function lossOfGuessing({ loss, outputs }: tf.LayersModel): number | undefined {
  // The mean over units, each of which says one half.
  if (loss === 'binaryCrossentropy') return Math.log(2);
  if (loss === 'categoricalCrossentropy') return Math.log(outputs[0].shape.at(-1) ?? 1);
  return undefined;
}
