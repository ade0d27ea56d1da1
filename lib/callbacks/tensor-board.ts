/** The curves of a training as TensorBoard reads them, one folder a run. */

import { join } from 'node:path';
import type { PartState, Stateful } from '../run-state';
import { tf } from '../tensorflow/load';
import { cutEventsBack, eventSizes, type EventSizes } from './event-files';
import { resolveLogs, type UnresolvedLogs } from './logs';

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
  /** Folders that this process writes to: their files are open, and end with the epoch that they should. */
  private static readonly opened = new Set<string>();

  private run = '';

  constructor(private readonly options: TensorBoardOptions) {
    super();
  }

  override async onTrainBegin(): Promise<void> {
    this.run = this.options.run ?? new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  }

  override async onEpochEnd(epoch: number, logs: UnresolvedLogs = {}): Promise<void> {
    const numbers = await resolveLogs(logs);
    if (!('loss' in numbers)) return;
    const { learningRate } = this.model.optimizer as { learningRate?: unknown };
    const parts: Record<string, [string, number][]> = { train: [], validation: [] };
    for (const [name, value] of Object.entries(numbers)) {
      if (name.startsWith('val_')) parts.validation.push([name.slice('val_'.length), value]);
      else parts.train.push([name, value]);
    }
    if (typeof learningRate === 'number') parts.train.push(['learning_rate', learningRate]);
    for (const [part, values] of Object.entries(parts)) if (values.length > 0) this.write(part, epoch, values);
  }

  async saveState(): Promise<PartState> {
    return { values: { run: this.run, sizes: await eventSizes(this.runFolder) } };
  }

  /** Takes an epoch away that was logged, but runs again, as its process was killed before its end. */
  async loadState({ values }: PartState): Promise<void> {
    this.run = values?.run as string;
    const sizes = values?.sizes as EventSizes | undefined;
    // Without sizes it is a state of an earlier version of this class.
    if (sizes && !TensorBoard.opened.has(this.runFolder)) await cutEventsBack(this.runFolder, sizes);
  }

  private get runFolder(): string {
    return join(this.options.folder, this.run);
  }

  private write(part: string, epoch: number, values: [string, number][]): void {
    TensorBoard.opened.add(this.runFolder);
    const writer = tf.node.summaryFileWriter(join(this.runFolder, part));
    for (const [name, value] of values) writer.scalar(`epoch_${name}`, value, epoch);
    // Otherwise it waits for two minutes, and a killed run would lose them.
    writer.flush();
  }
}
