/** The curves of a training as TensorBoard reads them, one folder a run. */

import { join } from 'node:path';
import type { PartState, Stateful } from '../run-state';
import { tf } from '../tensorflow/load';
import { rateOf } from '../tensorflow/optimizer-rate';
import { cutEventsBack, eventSizes, type EventSizes } from './event-files';
import { resolveLogs, type UnresolvedLogs } from './logs';

const PARTS = ['train', 'validation'] as const;

type Part = (typeof PARTS)[number];

/** Options of TensorBoard. */
export interface TensorBoardOptions {
  /** Folder of all runs' logs, such as outputs/logs. */
  folder: string;
  /** Name of this run there; default the moment it begins, such as `2026-03-01T14-05-09`. */
  run?: string;
}

/**
 * Writes each whole epoch's loss, metrics and learning rate at its end, named and placed as Keras's TensorBoard callback
 * does: `epoch_loss` and so on, below `train` and `validation`. Runs don't replace each other, so that they can be compared.
 * A run that is continued goes on in its folder, behind its last whole epoch. Leaves out histograms, graphs and figures of single batches.
 * @source  keras/src/callbacks/tensorboard.py
 * @example new TensorBoard({ folder: 'outputs/logs' }) // npm run tensorboard shows it
 */
export class TensorBoard extends tf.Callback implements Stateful {
  /** The last epoch in each run's folder that this process has written to. Their files are open, and can't be cut. */
  private static readonly written = new Map<string, number>();

  private run = '';
  /** Epochs up to this one are in the files already, with the same figures; -1 for none. */
  private before = -1;

  /** Writes each epoch's loss, metrics and learning rate for TensorBoard. */
  constructor(private readonly options: TensorBoardOptions) {
    super();
  }

  override async onTrainBegin(): Promise<void> {
    this.run = this.options.run ?? new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    this.before = -1;
  }

  override async onEpochEnd(epoch: number, logs: UnresolvedLogs = {}): Promise<void> {
    const numbers = await resolveLogs(logs);
    if (!('loss' in numbers) || epoch <= this.before) return;
    const rate = rateOf(this.model.optimizer);
    const parts: Record<Part, [string, number][]> = { train: [], validation: [] };
    for (const [name, value] of Object.entries(numbers)) {
      if (name.startsWith('val_')) parts.validation.push([name.slice('val_'.length), value]);
      else parts.train.push([name, value]);
    }
    if (rate !== undefined) parts.train.push(['learning_rate', rate]);
    for (const part of PARTS) if (parts[part].length > 0) this.write(part, epoch, parts[part]);
    TensorBoard.written.set(this.runFolder, epoch);
  }

  async saveState(): Promise<PartState> {
    const sizes: Partial<Record<Part, EventSizes>> = {};
    for (const part of PARTS) sizes[part] = await eventSizes(join(this.runFolder, part));
    return { values: { run: this.run, sizes } };
  }

  /** An epoch that was logged, but runs again since it hadn't come to its end, is taken away or, by the same process, kept. */
  async loadState({ values }: PartState): Promise<void> {
    this.run = values?.run as string;
    this.before = TensorBoard.written.get(this.runFolder) ?? -1;
    if (this.before !== -1) return;
    const sizes = values?.sizes as Record<Part, EventSizes>;
    for (const part of PARTS) await cutEventsBack(join(this.runFolder, part), sizes[part]);
  }

  private get runFolder(): string {
    return join(this.options.folder, this.run);
  }

  private write(part: Part, epoch: number, values: [string, number][]): void {
    const writer = tf.node.summaryFileWriter(join(this.runFolder, part));
    for (const [name, value] of values) writer.scalar(`epoch_${name}`, value, epoch);
    // Otherwise it waits for two minutes, and a killed run would lose them.
    writer.flush();
  }
}
