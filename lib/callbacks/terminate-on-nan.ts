/** Ends training when the loss is no number any more, or explodes, and puts the best weights back. */

import { InputError } from '../errors';
import type { PartState } from '../run-state';
import type { tf } from '../tensorflow/load';
import { BestKeeper, type BestKeeperOptions } from './best-keeper';
import { discardLogs, resolveLogs, type UnresolvedLogs } from './logs';

/** Options of TerminateOnNaN. */
export interface TerminateOnNaNOptions extends BestKeeperOptions {
  /**
   * An epoch whose mean loss is so many times that of the very first batch, and worse than guessing, has exploded; above 1,
   * default 10.
   */
  explosion?: number;
}

/**
 * After a batch whose loss is NaN or infinite, weights are worthless: that batch is the last, its epoch is left out of
 * history, log and checkpoints, and the weights of the best epoch are put back. An epoch whose loss has exploded is the last
 * one too; what guessing comes to is known of `binaryCrossentropy` and `categoricalCrossentropy`. Goes before the callbacks
 * that log or save. Unlike Keras's, it restores the best weights.
 * @throws  InputError, when training ends, where the loss became NaN before any epoch was whole
 * @source  keras/src/callbacks/terminate_on_nan.py
 * @example new TerminateOnNaN() // 'Epoch 3, batch 17: the loss is NaN. Training ends; the best weights (epoch 2, val_loss 0.14721) are restored. ...'
 */
export class TerminateOnNaN extends BestKeeper {
  private readonly explosion: number;
  private firstLoss: number | undefined;
  private epoch = 0;
  private fault: string | undefined;
  private epochCutShort = false;

  constructor(options: TerminateOnNaNOptions = {}) {
    super(options);
    this.explosion = options.explosion ?? 10;
    if (!(this.explosion > 1)) throw this.refusal('explosion', String(this.explosion), 'above 1', 'Set explosion: 10');
  }

  override async onTrainBegin(): Promise<void> {
    this.firstLoss = undefined;
    this.fault = undefined;
    this.epochCutShort = false;
    await super.onTrainBegin();
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.epoch = epoch + 1;
    // One that was loaded, of an epoch in which the user stopped a training that now goes on: it is judged anew.
    this.fault = undefined;
  }

  override async onBatchEnd(batch: number, logs: UnresolvedLogs = {}): Promise<void> {
    const { loss } = await resolveLogs(logs);
    this.firstLoss ??= loss;
    if (Number.isFinite(loss)) return;
    this.fault = `Epoch ${this.epoch}, batch ${batch + 1}: the loss is ${loss}.`;
    this.epochCutShort = true;
    this.model.stopTraining = true;
  }

  override async onEpochEnd(epoch: number, logs: UnresolvedLogs = {}): Promise<void> {
    if (this.epochCutShort) {
      this.model.stopTraining = true;
      discardLogs(logs);
    }
    await super.onEpochEnd(epoch, logs);
    const { loss } = await resolveLogs(logs);
    if (loss === undefined || this.firstLoss === undefined) return;
    // A model that was good from the first batch on, as a trained one is, may well have ten times its loss at times.
    if (loss <= Math.max(this.explosion * this.firstLoss, lossOfGuessing(this.model))) return;
    this.fault = `Epoch ${this.epoch}: the loss has exploded, from ${this.firstLoss.toFixed(3)} in the first batch to ${loss.toFixed(3)}.`;
    this.model.stopTraining = true;
  }

  override async onTrainEnd(): Promise<void> {
    if (this.fault !== undefined) {
      const best = this.bestEpochInWords();
      if (best === undefined) throw this.noEpoch(this.fault);
      this.leaveWholeEpochs();
      this.bestWeights.restore(this.model);
      this.print(
        `${this.fault} Training ends; the best weights (${best}) are restored. A lower learning rate may help.`,
      );
    }
    this.bestWeights.forget();
  }

  override facts(): Record<string, unknown> {
    return { ...super.facts(), explosion: this.explosion };
  }

  override saveState(): PartState {
    const { values, arrays } = super.saveState();
    return { values: { ...values, firstLoss: this.firstLoss, fault: this.fault }, arrays };
  }

  override loadState(state: PartState): void {
    void super.loadState(state);
    this.firstLoss = state.values?.firstLoss as number | undefined;
    // The last epoch may have exploded, and the process have ended before the best weights were put back.
    this.fault = state.values?.fault as string | undefined;
    // An epoch that was cut short leaves no state.
    this.epochCutShort = false;
  }

  private noEpoch(fault: string): InputError {
    return new InputError({
      where: fault.split(':')[0],
      found: 'a loss that is no number, before any epoch was whole',
      expected: 'a finite loss',
      remedy: 'Lower the learning rate, and look at the photos of this batch',
    });
  }
}

/** The loss of outputs that favour no class, whatever is shown; 0 where the model's loss is one of which that isn't known. */
function lossOfGuessing({ loss, outputs }: tf.LayersModel): number {
  // The mean over units, each of which says one half.
  if (loss === 'binaryCrossentropy') return Math.log(2);
  if (loss === 'categoricalCrossentropy') return Math.log(outputs[0].shape.at(-1) ?? 1);
  return 0;
}
