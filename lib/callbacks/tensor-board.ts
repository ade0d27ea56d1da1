/** The curves of a training as TensorBoard reads them, one folder a run. */

import { join } from 'node:path';
import type { PartState, Stateful } from '../run-state';
import { tf } from '../tensorflow/load';
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
 * A run that is continued goes on in its folder. Leaves out histograms, graphs and figures of single batches.
 * @source  keras/src/callbacks/tensorboard.py
 * @example new TensorBoard({ folder: 'outputs/logs' }) // npm run tensorboard shows it
 */
export class TensorBoard extends tf.Callback implements Stateful {
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

  saveState(): PartState {
    return { values: { run: this.run } };
  }

  loadState({ values }: PartState): void {
    this.run = values?.run as string;
  }

  private write(part: string, epoch: number, values: [string, number][]): void {
    const writer = tf.node.summaryFileWriter(join(this.options.folder, this.run, part));
    for (const [name, value] of values) writer.scalar(`epoch_${name}`, value, epoch);
    // Otherwise it waits for two minutes, and a killed run would lose them.
    writer.flush();
  }
}
