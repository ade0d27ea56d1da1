/** The training log on disk: a line of JSON for each epoch, there as soon as the epoch has ended. */

import { open } from 'node:fs/promises';
import { InputError } from '../errors';
import { writeFileAtomically } from '../files/atomic-write';
import { explainNoRoom } from '../files/full-disk';
import { parseJsonObject } from '../files/parse-json-object';
import { readTextIfThere } from '../files/read-if-there';
import type { PartState, Stateful } from '../run-state';
import { tf } from '../tensorflow/load';
import { rateOf } from '../tensorflow/optimizer-rate';
import { epochRow, type EpochRow, type UnresolvedLogs } from './logs';

/** Options of TrainingLog. */
export interface TrainingLogOptions {
  /** The log file, such as `outputs/training/log.jsonl`; a new run begins it anew. */
  file: string;
  /** What the run was set to, kept in the first line; default none. */
  settings?: Record<string, unknown>;
  /** The clock, in ms; default `performance.now`. */
  now?: () => number;
}

/**
 * Writes each whole epoch to the disk at its end, flushed, so that neither a closed browser tab nor a crash loses it.
 * @example new TrainingLog({ file: 'outputs/training/log.jsonl', settings: { batchSize: 12 } })
 *          // {"settings":{"batchSize":12},"epochs":20}
 *          // {"epoch":1,"loss":0.41,"acc":0.83,"val_loss":0.22,"val_acc":0.93,"learningRate":0.001,"seconds":81.3}
 */
export class TrainingLog extends tf.Callback implements Stateful {
  private readonly file: string;
  private readonly settings: Record<string, unknown>;
  private readonly now: () => number;
  private epochBegan = 0;
  private rows: EpochRow[] = [];

  /** Writes each epoch to a file at its end, flushed. */
  constructor(options: TrainingLogOptions) {
    super();
    this.file = options.file;
    this.settings = options.settings ?? {};
    this.now = options.now ?? (() => performance.now());
  }

  override async onTrainBegin(): Promise<void> {
    this.rows = [];
    await this.rewrite();
  }

  override async onEpochBegin(): Promise<void> {
    this.epochBegan = this.now();
  }

  override async onEpochEnd(epoch: number, logs: UnresolvedLogs = {}): Promise<void> {
    const row = await epochRow(epoch, logs);
    if (row === undefined) return;
    const rate = rateOf(this.model.optimizer);
    if (rate !== undefined) row.learningRate = rate;
    row.seconds = Number(((this.now() - this.epochBegan) / 1000).toFixed(1));
    this.rows.push(row);
    await appendLine(this.file, JSON.stringify(row));
  }

  saveState(): PartState {
    return { values: { rows: this.rows } };
  }

  /** Writes the log anew: a crash may have left a row of an epoch that now runs again. */
  async loadState({ values = {} }: PartState): Promise<void> {
    this.rows = values.rows as EpochRow[];
    await this.rewrite();
  }

  private async rewrite(): Promise<void> {
    const header = { settings: this.settings, epochs: this.params.epochs };
    const lines = [header, ...this.rows].map((line) => `${JSON.stringify(line)}\n`);
    await writeFileAtomically(this.file, lines.join(''));
  }
}

/** How a log is read. */
export interface ReadTrainingLogOptions {
  /** Whether rows tell how long each epoch took; without it they are fit for a notebook that is kept; default false. */
  seconds?: boolean;
}

/**
 * Reads a training log, also one that is growing or whose last line was cut off by a crash: that line is left out.
 * @param file    as written by TrainingLog
 * @param options whether to keep the timings
 * @returns       the epochs in their order; none for a run in its first epoch
 * @throws        InputError where the file is missing, or a line other than the last is damaged
 * @example       const rows = await readTrainingLog('outputs/training/log.jsonl'); // rows[0].epoch is 1
 */
export async function readTrainingLog(file: string, options: ReadTrainingLogOptions = {}): Promise<EpochRow[]> {
  return rowsOf(file, await readText(file), options);
}

function rowsOf(file: string, text: string, options: ReadTrainingLogOptions = {}): EpochRow[] {
  const lines = text.split('\n');
  // After the last line feed comes nothing, or what a crash left of a line.
  lines.pop();
  return lines.slice(1).map((line, index) => {
    const row = parseRow(line);
    if (row === undefined) throw damaged(file, index + 2, line);
    if (!options.seconds) delete row.seconds;
    return row;
  });
}

/**
 * Refuses to compare the losses of two trainings that didn't see the same photos.
 * @param file   log of the other training, whose settings name its `photos`
 * @param digest of this training's photos, see `photos.photosDigest`
 * @throws       InputError where the log is missing, is that of other photos, or has no whole epoch
 */
export async function checkSamePhotos(file: string, digest: string): Promise<void> {
  const text = await readText(file);
  const same = headerPhotos(text.split('\n', 1)[0]) === digest;
  if (same && rowsOf(file, text).length > 0) return;
  throw new InputError({
    where: file,
    found: same ? 'a training of which no epoch has ended' : 'a training on other photos',
    expected: 'one whole epoch, on the training and validation photos of this run',
    remedy:
      'Run notebook 3 with these settings first, or set DATASET, ATTRIBUTE, SPLIT, TRAIN and VALID as they were then',
  });
}

function headerPhotos(header: string): unknown {
  try {
    return (JSON.parse(header) as { settings?: { photos?: unknown } }).settings?.photos;
  } catch {
    return undefined;
  }
}

function parseRow(line: string): EpochRow | undefined {
  const row = parseJsonObject(line) as EpochRow | undefined;
  return Number.isInteger(row?.epoch) ? row : undefined;
}

async function readText(file: string): Promise<string> {
  const expected = 'the log of a training';
  const text = await readTextIfThere(file, expected);
  if (text !== undefined) return text;
  throw new InputError({ where: file, found: 'no such file', expected, remedy: 'Run the training first' });
}

async function appendLine(path: string, line: string): Promise<void> {
  const file = await open(path, 'a');
  try {
    await file.writeFile(`${line}\n`);
    await file.sync();
  } catch (error) {
    const kept = 'the epochs before are kept';
    throw explainNoRoom(error, { where: path, needed: 'the row of an epoch', kept, inOutputs: false });
  } finally {
    await file.close();
  }
}

function damaged(file: string, lineNumber: number, line: string): InputError {
  return new InputError({
    where: `${file}, line ${lineNumber}`,
    found: `"${line.slice(0, 40)}"`,
    expected: 'an epoch as JSON',
    remedy: 'Delete the file and train again',
  });
}
