/** npm run bench -- --full-size: tables, listing, memory and loading at CelebA's full size, on a generated stand-in. */

import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dataset, photos, project } from 'celeba-lab';
import { findCelebaFiles } from 'celeba-lab/dist/dataset/celeba-files';
import { readCelebaRows } from 'celeba-lab/dist/dataset/celeba-tables';
import { folderTree } from 'celeba-lab/dist/dataset/file-tree';
import { LeftOutCounter } from 'celeba-lab/dist/dataset/left-out';
import { projectEnvironment } from '../environment';
import { median } from './figures';
import { benchPackages } from './python-packages';
import { withScratch } from './scratch';
import { Side } from './side';
import { ROWS, writeStandIn } from './stand-in';

/** Options of `runFullSize`. */
export interface FullSizeOptions {
  /** Photos that stream through once for memory and rate; default all, half a minute on 2 cores. */
  photos?: number;
  /** Told what is done now. */
  onPhase?: (phase: string) => void;
}

// Memory is looked at after so many, and at the end.
const EARLY = 10_000;
const ROUNDS = 5;
const FEW = 'few';
// Each of the few photos so often in a round, so that it is long enough to be timed.
const PASSES = 10;
const FORMAT = photos.ARTICLE_FORMAT;
const BATCHES = { format: FORMAT, batchSize: 32, classCount: 2 };

/**
 * Measures, in one run, alternating with Python: 202,599 rows of 40 attributes read, joined and split, beside pandas;
 * the same with 202,599 files listed and paired; memory while photos stream through decoding and scaling; photos a second
 * beside Keras's loaders.
 * @returns figures by name, each with its unit at the end of its name; medians of 5 rounds where there are rounds
 * @throws  InputError where Python's packages can't be had
 */
export async function runFullSize(options: FullSizeOptions = {}): Promise<Record<string, number>> {
  return withScratch('full-size-', (folder) => runIn(folder, options));
}

async function runIn(
  folder: string,
  { photos: streamed = ROWS, onPhase = () => undefined }: FullSizeOptions,
): Promise<Record<string, number>> {
  const env = { ...projectEnvironment(), PYTHONPATH: await benchPackages() };
  const script = project.projectPath('scripts', 'bench', 'full_size_side.py');
  const python = Side.start('Python', project.projectPath('.venv', 'bin', 'python'), [script], env);
  try {
    onPhase(`writing ${ROWS.toLocaleString('en-US')} rows and links`);
    await writeStandIn(folder);
    onPhase('tables');
    const tables = await compareTables(folder, python);
    onPhase('listing and pairing');
    const beganMs = performance.now();
    const data = await dataset.openDataset(folder);
    const openSeconds = (performance.now() - beganMs) / 1000;
    onPhase(`${Math.min(streamed, ROWS).toLocaleString('en-US')} photos`);
    const stream = await streamPhotos(data.photos.slice(0, streamed));
    onPhase("Keras's loaders");
    const loading = await compareLoading(join(folder, FEW), python);
    return { rows: ROWS, ...tables, pairedFiles: data.photos.length, openSeconds, ...stream, ...loading };
  } finally {
    python.stop();
  }
}

async function compareTables(folder: string, python: Side): Promise<Record<string, number>> {
  const ours: number[] = [];
  const pandas: number[] = [];
  // A first round for neither: modules are loaded and files are brought into memory.
  for (let round = 0; round <= ROUNDS; round++) {
    const seconds = await readTables(folder);
    const other = await secondsOf(python, 'tables', folder);
    if (round > 0) ours.push(seconds);
    if (round > 0) pandas.push(other);
  }
  const tablesSeconds = median(ours);
  const pandasSeconds = median(pandas);
  return { tablesSeconds, pandasSeconds, timesFasterThanPandas: pandasSeconds / tablesSeconds };
}

/** Reads, joins and splits: each part gets its rows with all attributes and persons. */
async function readTables(folder: string): Promise<number> {
  const leftOut = new LeftOutCounter();
  const tree = folderTree(folder, leftOut);
  const files = { ...(await findCelebaFiles(tree, leftOut)), photos: undefined };
  const { attributes = '', partition = '' } = files;
  // Python is told where the tables are, too; listing the folder is measured by itself.
  const beganMs = performance.now();
  const { table, parts, identities = [] } = await readCelebaRows(tree, { ...files, attributes, partition }, leftOut);
  for (const part of dataset.PARTS) {
    const rows = rowsOf(part, parts, table.files.length);
    table.columns.map((column) => take(column, rows, new Int8Array(rows.length)));
    take(identities, rows, new Int32Array(rows.length));
  }
  return (performance.now() - beganMs) / 1000;
}

function rowsOf(part: dataset.Part, parts: ArrayLike<dataset.Part>, count: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < count; row++) if (parts[row] === part) rows.push(row);
  return rows;
}

function take(values: ArrayLike<number | undefined>, rows: number[], taken: Int8Array | Int32Array): void {
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]] ?? 0;
}

/** All through decoding and scaling once; memory is the highest of this process so far, tables and all. */
async function streamPhotos(all: dataset.Photo[]): Promise<Record<string, number>> {
  const early = await pass(all.slice(0, EARLY));
  const earlyPeakBytes = peakBytes();
  const seconds = early + (await pass(all.slice(EARLY)));
  const streamedPhotosPerSecond = all.length / seconds;
  return { streamedPhotos: all.length, streamedPhotosPerSecond, earlyPeakBytes, peakBytes: peakBytes() };
}

function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

async function pass(all: dataset.Photo[]): Promise<number> {
  const beganMs = performance.now();
  await photos.photoBatches(all, BATCHES).forEachAsync(({ xs, ys }) => {
    xs.dispose();
    ys.dispose();
  });
  return (performance.now() - beganMs) / 1000;
}

async function compareLoading(folder: string, python: Side): Promise<Record<string, number>> {
  const files = (await readdir(folder)).sort().map((name) => join(folder, name));
  const once = files.map((file): dataset.Photo => ({ file, name: file, label: 0, part: 'train' }));
  const all = Array.from({ length: PASSES }, () => once).flat();
  const seconds: Record<'ours' | 'pil' | 'tf_data', number[]> = { ours: [], pil: [], tf_data: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    const now = {
      ours: await pass(all),
      pil: await secondsOf(python, 'pil', files, PASSES),
      tf_data: await secondsOf(python, 'tf_data', folder, files.length, PASSES),
    };
    if (round > 0) for (const name of ['ours', 'pil', 'tf_data'] as const) seconds[name].push(now[name]);
  }
  const rate = (name: keyof typeof seconds): number => all.length / median(seconds[name]);
  return {
    photosPerSecond: rate('ours'),
    kerasLoadImgPhotosPerSecond: rate('pil'),
    kerasDatasetPhotosPerSecond: rate('tf_data'),
    pixelsEqual: (await sha256(files)) === (await python.once<string>({ task: 'sha256', arguments: [files] })) ? 1 : 0,
  };
}

async function secondsOf(python: Side, task: string, ...args: unknown[]): Promise<number> {
  return (await python.once<{ seconds: number }>({ task, arguments: args })).seconds;
}

async function sha256(files: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(new Uint8Array((await photos.preparePhoto(file, FORMAT)).buffer));
  return hash.digest('hex');
}
