/** Base of the callbacks that may end training before its time and then put the best weights back. */

import type { PartState } from '../run-state';
import { BestWeights } from './best-weights';
import { Monitor, type MonitorOptions, type Verdict } from './monitor';

/** Which epoch is the best, and where messages go. */
export type BestKeeperOptions = Pick<MonitorOptions, 'monitor' | 'mode' | 'minDelta' | 'print'>;

/** Keeps the weights of the best whole epoch. It watches `val_loss` unless told otherwise, or `loss` where nothing is validated. */
export abstract class BestKeeper extends Monitor {
  protected readonly bestWeights = new BestWeights();

  constructor(private readonly options: BestKeeperOptions = {}) {
    super(options);
  }

  override async onTrainBegin(): Promise<void> {
    this.bestWeights.forget();
    if (this.options.monitor === undefined) this.monitor = this.params.doValidation ? 'val_loss' : 'loss';
    await super.onTrainBegin();
  }

  override facts(): Record<string, unknown> {
    const { mode, minDelta } = super.facts();
    return { monitor: this.options.monitor ?? 'auto', mode, minDelta };
  }

  override saveState(): PartState {
    return { ...super.saveState(), ...this.bestWeights.saveState() };
  }

  override async loadState(state: PartState): Promise<void> {
    await super.loadState(state);
    this.bestWeights.loadState(state);
  }

  protected override async judged({ improved }: Verdict): Promise<void> {
    if (improved) await this.bestWeights.keep(this.model);
  }

  /** The best epoch as words; undefined where none was whole. */
  protected bestEpochInWords(): string | undefined {
    if (this.best === undefined) return undefined;
    return `epoch ${this.bestEpoch}, ${this.monitor} ${this.best.toFixed(5)}`;
  }

  /** Takes an epoch that was cut short out of tfjs's history, and gives every metric its list, be it empty. */
  protected leaveWholeEpochs(): void {
    const { epoch, history } = this.model.history;
    for (const name of this.params.metrics as string[]) history[name] ??= [];
    // By the number of figures: another callback may have taken the same epoch out already.
    epoch.splice(history.loss.length);
  }
}
