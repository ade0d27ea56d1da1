/** What "better" means: the one place that decides whether a watched metric has improved. */

import { InputError } from '../errors';
import type { Described, PartState, Stateful } from '../run-state';
import { tf } from '../tensorflow/load';
import { resolveLogs, type UnresolvedLogs } from './logs';

/** Where a callback's messages go, a line at a time. */
export type Print = (line: string) => void;

/** Options that every watching callback takes. */
export interface MonitorOptions {
  /** Name of the watched metric, as it is logged; default `val_loss`. */
  monitor?: string;
  /** Whether lower or higher is better; `auto` tells it from the name; default `auto`. */
  mode?: 'min' | 'max' | 'auto';
  /** Smallest change that counts, 0 or more, in the metric's own unit; default 0. */
  minDelta?: number;
  /** Whether it says what it does; default false. */
  verbose?: boolean;
  /** Receives its messages; default `console.log`. */
  print?: Print;
}

/** What became of the watched metric in an epoch. */
export interface Verdict {
  /** One-based. */
  epoch: number;
  /** The metric's value; may be NaN or infinite, which never counts as better. */
  value: number;
  /** Whether it is the best so far. */
  improved: boolean;
  /** The best before this epoch; undefined until there is one. */
  previousBest?: number;
}

/**
 * Base of the callbacks that watch a metric. Unlike Keras's, it refuses a metric that isn't logged before the first batch.
 */
export abstract class Monitor extends tf.Callback implements Stateful, Described {
  /** The watched metric's name. */
  monitor: string;
  /** Its best value so far; undefined until there is one. */
  best: number | undefined;
  /** The one-based epoch of `best`. */
  bestEpoch: number | undefined;
  protected readonly verbose: boolean;
  protected readonly print: Print;
  private readonly minDelta: number;
  private readonly higherIsBetter: boolean;

  /** @throws InputError where `mode` or `minDelta` is out of range, or `auto` can't tell the direction */
  constructor(options: MonitorOptions = {}) {
    super();
    this.monitor = options.monitor ?? 'val_loss';
    this.verbose = options.verbose ?? false;
    this.print = options.print ?? console.log;
    this.minDelta = options.minDelta ?? 0;
    if (!(this.minDelta >= 0)) throw this.refusal('minDelta', String(this.minDelta), '0 or more', 'Set minDelta: 0');
    this.higherIsBetter = this.direction(options.mode ?? 'auto') === 'max';
  }

  override async onTrainBegin(): Promise<void> {
    this.best = undefined;
    this.bestEpoch = undefined;
    this.requireLogged(this.params.metrics as string[]);
  }

  override async onEpochEnd(epoch: number, logs: UnresolvedLogs = {}): Promise<void> {
    const value = (await resolveLogs(logs))[this.monitor];
    if (value === undefined) {
      // An interrupted epoch has no figures; any other must have them.
      if (!this.model.stopTraining) this.requireLogged(Object.keys(logs));
      return;
    }
    const verdict: Verdict = {
      epoch: epoch + 1,
      value,
      improved: this.isBetter(value, this.best),
      previousBest: this.best,
    };
    if (verdict.improved) {
      this.best = value;
      this.bestEpoch = verdict.epoch;
    }
    await this.judged(verdict);
  }

  facts(): Record<string, unknown> {
    return { monitor: this.monitor, mode: this.higherIsBetter ? 'max' : 'min', minDelta: this.minDelta };
  }

  saveState(): PartState {
    return { values: { best: this.best, bestEpoch: this.bestEpoch } };
  }

  async loadState({ values = {} }: PartState): Promise<void> {
    this.best = values.best as number | undefined;
    this.bestEpoch = values.bestEpoch as number | undefined;
  }

  /** Called at the end of each whole epoch, with `best` and `bestEpoch` up to date. */
  protected abstract judged(verdict: Verdict): Promise<void>;

  /** Whether a value is better than another by more than `minDelta`; than none, any that is a number. */
  protected isBetter(value: number, than: number | undefined): boolean {
    if (!Number.isFinite(value)) return false;
    if (than === undefined) return true;
    return this.higherIsBetter ? value - this.minDelta > than : value + this.minDelta < than;
  }

  private direction(mode: string): 'min' | 'max' {
    if (mode === 'min' || mode === 'max') return mode;
    if (mode !== 'auto')
      throw this.refusal('mode', `"${mode}"`, "'min', 'max' or 'auto'", "Set mode: 'min' for a loss");
    const name = this.monitor.toLowerCase();
    if (/(loss|error|crossentropy)$/.test(name)) return 'min';
    if (/(acc|accuracy|score|precision|recall)$/.test(name)) return 'max';
    const remedy = "Set mode: 'min' if lower is better, mode: 'max' if higher is";
    throw this.refusal(`mode 'auto'`, `"${this.monitor}"`, 'a metric named as a loss, an error or an accuracy', remedy);
  }

  private requireLogged(logged: string[]): void {
    if (logged.includes(this.monitor)) return;
    throw new InputError({
      where: `${this.constructor.name} monitors "${this.monitor}", which isn't logged`,
      found: logged.length > 0 ? logged.join(', ') : 'nothing logged',
      expected: `"${this.monitor}" among them`,
      remedy: this.monitor.startsWith('val_')
        ? 'Set monitor to one that is logged; those with val_ need validationData'
        : 'Set monitor to one that is logged, or add the metric to compile',
    });
  }

  protected refusal(option: string, found: string, expected: string, remedy: string): InputError {
    return new InputError({ where: `${this.constructor.name}, ${option}`, found, expected, remedy });
  }
}
