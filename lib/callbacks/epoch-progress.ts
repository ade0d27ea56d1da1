/** Shows training while it runs: a progress line that moves inside each epoch, and the epochs so far. */

import type { PartState, Stateful } from '../run-state';
import { tf } from '../tensorflow/load';
import { epochRow, resolveLogs, type EpochRow, type UnresolvedLogs } from './logs';
import type { Print } from './monitor';

/** What there is to see of a training at one moment. */
export interface TrainingView {
  /** One line, such as `Epoch 2 of 20, batch 57 of 134: loss 0.1472, accuracy 95.3 %, 45 s left in this epoch`. */
  progress: string;
  /** The whole epochs so far, without timings. */
  rows: EpochRow[];
  /** Whether training has ended; the last view of a run, and the one without any timing. */
  done: boolean;
}

/** Where views go: an output that is redrawn in place. */
export interface LiveDisplay {
  /** Replaces what was shown before. */
  update(view: TrainingView): void | Promise<void>;
}

/** Options of EpochProgress. */
export interface EpochProgressOptions {
  /** Batches in an epoch: training photos divided by the batch size, rounded up. */
  stepsPerEpoch: number;
  /** Log name of the accuracy that is shown; default `acc`. */
  accuracy?: string;
  /** Where the views go; default: lines through `print`. */
  display?: LiveDisplay;
  /** Receives lines where there is no display; default `console.log`. */
  print?: Print;
  /** Shortest time between two updates within an epoch, in ms; default 500, without a display 5,000. */
  updateEveryMs?: number;
  /** The clock, in ms; default `performance.now`. */
  now?: () => number;
}

/**
 * Updates at most twice a second within an epoch, at each epoch's end, and once when training has ended.
 * Loss and accuracy are means over the epoch's batches so far; the time left is the epoch's, validation included once its
 * length is known from an earlier epoch.
 * @example new EpochProgress({ stepsPerEpoch: 134, display: show.live() })
 */
export class EpochProgress extends tf.Callback implements Stateful {
  private readonly stepsPerEpoch: number;
  private readonly accuracy: string;
  private readonly display: LiveDisplay;
  private readonly updateEveryMs: number;
  private readonly now: () => number;
  private rows: EpochRow[] = [];
  private epoch = 0;
  private photosSeen = 0;
  private sums: Record<string, number> = {};
  private epochBegan = 0;
  private batchesEnded = 0;
  private validationMs = 0;
  private lastUpdate = -Infinity;

  /** A line that moves within each epoch, and a row for each epoch that has ended. */
  constructor(options: EpochProgressOptions) {
    super();
    const print = options.print ?? console.log;
    this.stepsPerEpoch = options.stepsPerEpoch;
    this.accuracy = options.accuracy ?? 'acc';
    this.display = options.display ?? { update: (view) => print(view.progress) };
    this.updateEveryMs = options.updateEveryMs ?? (options.display ? 500 : 5000);
    this.now = options.now ?? (() => performance.now());
  }

  override async onTrainBegin(): Promise<void> {
    this.rows = [];
    this.validationMs = 0;
    this.lastUpdate = -Infinity;
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.epoch = epoch + 1;
    this.photosSeen = 0;
    this.sums = {};
    this.epochBegan = this.now();
  }

  override async onBatchEnd(batch: number, logs: UnresolvedLogs = {}): Promise<void> {
    const numbers = await resolveLogs(logs);
    this.photosSeen += numbers.size;
    for (const name of ['loss', this.accuracy]) {
      if (name in numbers) this.sums[name] = (this.sums[name] ?? 0) + numbers[name] * numbers.size;
    }
    this.batchesEnded = this.now();
    const last = batch + 1 === this.stepsPerEpoch;
    if (!last && this.batchesEnded - this.lastUpdate < this.updateEveryMs) return;
    this.lastUpdate = this.batchesEnded;
    const rest =
      last && this.params.doValidation ? 'validating' : `${duration(this.msLeft(batch + 1))} left in this epoch`;
    await this.show(`Epoch ${this.epochOf()}, batch ${batch + 1} of ${this.stepsPerEpoch}: ${this.means()}, ${rest}`);
  }

  override async onEpochEnd(epoch: number, logs: UnresolvedLogs = {}): Promise<void> {
    const row = await epochRow(epoch, logs);
    if (row === undefined) return;
    this.validationMs = this.now() - this.batchesEnded;
    this.rows.push(row);
    await this.show(`Epoch ${this.epochOf()}: ${figures(row, this.accuracy)}`);
  }

  override async onTrainEnd(): Promise<void> {
    await this.show(`Trained ${this.rows.length} of ${this.params.epochs as number} epochs`, true);
  }

  saveState(): PartState {
    return { values: { rows: this.rows } };
  }

  loadState({ values = {} }: PartState): void {
    this.rows = values.rows as EpochRow[];
  }

  private async show(progress: string, done = false): Promise<void> {
    await this.display.update({ progress, rows: [...this.rows], done });
  }

  private epochOf(): string {
    return `${this.epoch} of ${this.params.epochs as number}`;
  }

  private means(): string {
    const means = Object.entries(this.sums).map(([name, sum]) => [name, sum / this.photosSeen]);
    return figures(Object.fromEntries(means) as Record<string, number>, this.accuracy);
  }

  private msLeft(batchesDone: number): number {
    const msPerBatch = (this.batchesEnded - this.epochBegan) / batchesDone;
    return msPerBatch * (this.stepsPerEpoch - batchesDone) + this.validationMs;
  }
}

function figures(values: Record<string, number | undefined>, accuracy: string): string {
  const parts: string[] = [];
  for (const prefix of ['', 'val_']) {
    const loss = values[`${prefix}loss`];
    const share = values[`${prefix}${accuracy}`];
    const label = prefix === '' ? '' : 'validation ';
    if (loss !== undefined) parts.push(`${label}loss ${loss.toFixed(4)}`);
    if (share !== undefined) parts.push(`${label}accuracy ${(100 * share).toFixed(1)} %`);
  }
  return parts.join(', ');
}

/** A time to wait, rounded as a person would: seconds up to two minutes, then minutes. */
function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
