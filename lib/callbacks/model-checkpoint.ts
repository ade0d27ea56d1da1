/** Saves the model while it trains, at its best or after each epoch, as Keras's ModelCheckpoint does. */

import { shownPath } from '../project/shown-path';
import type { PartState } from '../run-state';
import { BestWeights } from './best-weights';
import { Monitor, type MonitorOptions, type Verdict } from './monitor';

/** Options of ModelCheckpoint. */
export interface ModelCheckpointOptions extends MonitorOptions {
  /** Where `save` puts the model; only shown, from the project's folder on. */
  path: string;
  /** Saves the model. It is the caller's because what is trained may be a part of what is saved (a tail of its model). */
  save: () => Promise<void>;
  /** Whether only epochs with a better value are saved; default false. */
  saveBestOnly?: boolean;
}

/**
 * Calls `save` at the end of each epoch, or only where the metric improved. Messages are Keras 3.15's, epochs one-based;
 * its second line, "finished saving", is left out. Unlike Keras, it never saves an epoch whose value is NaN or infinite:
 * such a model answers nothing, and would lie where a good one was. An interrupted epoch is not saved either.
 * @source  keras/src/callbacks/model_checkpoint.py
 * @example new ModelCheckpoint({ path: 'outputs/model', save, monitor: 'val_loss', mode: 'min', saveBestOnly: true, verbose: true })
 *          // 'Epoch 2: val_loss improved from 0.21034 to 0.14721, saving model to outputs/model'
 */
export class ModelCheckpoint extends Monitor {
  private readonly path: string;
  private readonly save: () => Promise<void>;
  private readonly saveBestOnly: boolean;
  private readonly saved = new BestWeights();

  /** Saves the model at the end of an epoch, with `saveBestOnly` where the watched metric has improved. */
  constructor(options: ModelCheckpointOptions) {
    super(options);
    this.path = shownPath(options.path);
    this.save = options.save;
    this.saveBestOnly = options.saveBestOnly ?? false;
  }

  override async onTrainBegin(): Promise<void> {
    await super.onTrainBegin();
    this.saved.forget();
  }

  override facts(): Record<string, unknown> {
    return { ...super.facts(), saveBestOnly: this.saveBestOnly };
  }

  override saveState(): PartState {
    return { ...super.saveState(), ...this.saved.saveState() };
  }

  /** Saves the kept weights again: what lies there now may be from another run, or gone. Leaves them in the model. */
  override async loadState(state: PartState): Promise<void> {
    await super.loadState(state);
    this.saved.loadState(state);
    if (this.saved.isEmpty) return;
    this.saved.restore(this.model);
    await this.save();
  }

  protected override async judged(verdict: Verdict): Promise<void> {
    const usable = Number.isFinite(verdict.value);
    // Who has each epoch saved relies on the last: that it isn't there is said in any case.
    if (this.verbose || !(usable || this.saveBestOnly)) this.print(`Epoch ${verdict.epoch}: ${this.sentence(verdict)}`);
    if (!usable || (!verdict.improved && this.saveBestOnly)) return;
    await this.save();
    await this.saved.keep(this.model);
  }

  private sentence({ value, improved, previousBest }: Verdict): string {
    const usable = Number.isFinite(value);
    if (!usable && !this.saveBestOnly) {
      const there = this.saved.isEmpty ? 'none was saved before' : `${this.path} keeps the one before`;
      return `${this.monitor} is ${value}, so this epoch's model is not saved; ${there}.`;
    }
    if (!this.saveBestOnly) return `saving model to ${this.path}`;
    // Keras writes its None where there is no value to improve on.
    const before = previousBest?.toFixed(5) ?? 'None';
    if (improved) return `${this.monitor} improved from ${before} to ${value.toFixed(5)}, saving model to ${this.path}`;
    if (!usable) return `${this.monitor} is ${value}, which does not improve on ${before}`;
    return `${this.monitor} did not improve from ${before}`;
  }
}
