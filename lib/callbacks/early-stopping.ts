/** Ends training when the watched metric has stopped improving, as Keras's EarlyStopping does. */

import { checkCount } from '../check-count';
import type { PartState } from '../run-state';
import { BestWeights } from './best-weights';
import type { UnresolvedLogs } from './logs';
import { Monitor, type MonitorOptions, type Verdict } from './monitor';

/** Options of EarlyStopping. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** Epochs without improvement after which training ends, 0 or more; default 0. */
  patience?: number;
  /** A value that must be reached, too: better ones that don't are kept as the best, but don't count as improvement. Default none. */
  baseline?: number;
  /** Epochs at the beginning that aren't watched, a whole number from 0; default 0. */
  startFromEpoch?: number;
  /** Whether the weights of the best epoch are put back at the end, however training ends; default false. */
  restoreBestWeights?: boolean;
}

/**
 * Stops after `patience` epochs without a better value. Messages are Keras 3.15's, epochs one-based.
 * Unlike Keras, NaN or infinity is never the best value, not even in the first epoch.
 * @source  keras/src/callbacks/early_stopping.py
 * @example new EarlyStopping({ monitor: 'val_loss', mode: 'min', patience: 2, verbose: true }) // 'Epoch 5: early stopping'
 */
export class EarlyStopping extends Monitor {
  /** One-based epoch in which it ended the training; undefined if it didn't. */
  stoppedEpoch: number | undefined;
  private readonly patience: number;
  private readonly baseline: number | undefined;
  private readonly startFromEpoch: number;
  private readonly bestWeights: BestWeights | undefined;
  private epochsWithoutImprovement = 0;

  // For Shift-Tab, which shows the constructor's text and not the class's.
  /** Ends training when the watched metric hasn't improved for `patience` epochs, and can put the best weights back. */
  constructor(options: EarlyStoppingOptions = {}) {
    super(options);
    this.patience = options.patience ?? 0;
    if (!(this.patience >= 0)) throw this.refusal('patience', String(this.patience), '0 or more', 'Set patience: 2');
    this.baseline = options.baseline;
    if (Number.isNaN(this.baseline)) throw this.refusal('baseline', 'NaN', 'a number', 'Leave it out for none');
    this.startFromEpoch = options.startFromEpoch ?? 0;
    checkCount('startFromEpoch', this.startFromEpoch, 0);
    this.bestWeights = options.restoreBestWeights ? new BestWeights() : undefined;
  }

  override async onTrainBegin(): Promise<void> {
    await super.onTrainBegin();
    this.epochsWithoutImprovement = 0;
    this.stoppedEpoch = undefined;
    this.bestWeights?.forget();
  }

  override async onEpochEnd(epoch: number, logs?: UnresolvedLogs): Promise<void> {
    if (epoch >= this.startFromEpoch) await super.onEpochEnd(epoch, logs);
  }

  override async onTrainEnd(): Promise<void> {
    if (this.verbose && this.stoppedEpoch !== undefined) this.print(`Epoch ${this.stoppedEpoch}: early stopping`);
    if (this.bestWeights === undefined || this.bestWeights.isEmpty) return;
    if (this.verbose) this.print(`Restoring model weights from the end of the best epoch: ${this.bestEpoch}.`);
    this.bestWeights.restore(this.model);
    this.bestWeights.forget();
  }

  override facts(): Record<string, unknown> {
    const { patience, baseline, startFromEpoch } = this;
    const restoreBestWeights = this.bestWeights !== undefined;
    // Left out where it changes nothing, so that states made before there was one go on.
    return { ...super.facts(), patience, baseline, ...(startFromEpoch > 0 && { startFromEpoch }), restoreBestWeights };
  }

  override saveState(): PartState {
    const { epochsWithoutImprovement, stoppedEpoch } = this;
    const values = { ...super.saveState().values, epochsWithoutImprovement, stoppedEpoch };
    return { values, ...this.bestWeights?.saveState() };
  }

  override async loadState(state: PartState): Promise<void> {
    await super.loadState(state);
    this.epochsWithoutImprovement = state.values?.epochsWithoutImprovement as number;
    this.stoppedEpoch = state.values?.stoppedEpoch as number | undefined;
    this.bestWeights?.loadState(state);
  }

  protected override async judged({ epoch, value, improved }: Verdict): Promise<void> {
    this.epochsWithoutImprovement += 1;
    if (improved) {
      if (this.isBetter(value, this.baseline)) this.epochsWithoutImprovement = 0;
      await this.bestWeights?.keep(this.model);
      return;
    }
    if (!Number.isFinite(value)) {
      this.print(
        `Epoch ${epoch}: ${this.monitor} is ${value}, which counts as no improvement. A lower learning rate may help.`,
      );
    }
    // Keras never stops in the first epoch either: patience counts epochs after a first value.
    if (this.epochsWithoutImprovement < this.patience || epoch === 1) return;
    this.stoppedEpoch = epoch;
    this.model.stopTraining = true;
  }
}
