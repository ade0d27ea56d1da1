/** Opens whatever folder of photos there is: CelebA, class folders, or the sample set. */

import { access, constants, readdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { InputError } from '../errors';
import { projectPath } from '../project/paths';
import { findCelebaFiles } from './celeba-files';
import { openCelebaFolder } from './celeba-folder';
import { holdsClasses, openClassFolders } from './class-folders';
import { describeParts } from './describe';
import { drawSampleSet, isSampleSet } from './sample-set';
import { splitDataset } from './split';
import type { Dataset, SplitName } from './types';

/** Options of `openDataset`. */
export interface OpenOptions {
  /** Column of CelebA's attribute table; class folders don't use it; default Male. */
  attribute?: string;
  /** The data set's own split, the article's, or a draw; see `splitDataset`; default official. */
  split?: SplitName;
  /** Fixes a drawn split, a whole number; default 1. */
  seed?: number;
  /** Where the sample set is kept; default data/sample in the project. */
  sampleFolder?: string;
  /** Called while the sample set is drawn, with how many pictures are done, of how many. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Opens a folder of photos, which is only ever read; says in `description` what was recognised.
 * Photos themselves aren't opened: `checkPhotos` does that.
 * @param folder a CelebA folder with its text tables, or one with a subfolder for each class; undefined for the sample
 *               set, which is drawn on the spot where it is missing
 * @returns      its photos with label and part
 * @throws       InputError in one sentence: no such folder, empty, neither tables nor class folders, one class only,
 *               a fault in a table with its line
 * @example      (await openDataset('../shared/celeba-mini')).classNames // ['female', 'male']
 */
export async function openDataset(folder: string | undefined, options: OpenOptions = {}): Promise<Dataset> {
  const data = await (folder === undefined ? openSampleSet(options) : openFolder(folder, options));
  return splitDataset(data, options.split ?? 'official', options.seed);
}

async function openFolder(folder: string, { attribute = 'Male', seed = 1 }: OpenOptions): Promise<Dataset> {
  const path = resolve(folder);
  await checkFolder(path);
  const celeba = findCelebaFiles(path);
  if (celeba.attributes === undefined && celeba.partition === undefined) {
    if (celeba.photos !== undefined || !holdsClasses(path)) throw await unknownFolder(path);
    return openClassFolders(path, seed);
  }
  const dataset = openCelebaFolder(path, celeba, attribute);
  return (await isSampleSet(path)) ? asDrawings(dataset) : dataset;
}

async function openSampleSet({ sampleFolder, onProgress, ...options }: OpenOptions): Promise<Dataset> {
  const folder = sampleFolder ?? projectPath('data', 'sample');
  if (!(await isSampleSet(folder))) await drawSampleSet(folder, { onProgress });
  return openFolder(folder, options);
}

function asDrawings(dataset: Dataset): Dataset {
  const description = `sample set: drawings, not photos, in CelebA's format, ${describeParts(dataset.photos)}`;
  return { ...dataset, name: 'sample set (drawings)', drawn: true, description };
}

async function checkFolder(path: string): Promise<void> {
  const fault = (found: string, remedy: string): InputError =>
    new InputError({ where: path, found, expected: 'a folder of photos', remedy });
  const status = await stat(path).catch((error: NodeJS.ErrnoException) => error.code);
  if (status === 'ENOENT' || status === 'ENOTDIR') {
    throw fault('no such folder', 'Check the path in DATASET, or leave it out for the sample set');
  }
  if (status === undefined || typeof status === 'string') {
    throw fault(`a path that can't be opened (${status})`, 'Give yourself the right to read it');
  }
  if (!status.isDirectory()) throw fault('a file', 'Unpack it, and set DATASET to the folder that it gives');
  const readable = await access(path, constants.R_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!readable) throw fault('a folder that may not be read', 'Give yourself the right to read it');
  if ((await readdir(path)).length === 0) throw fault('an empty folder', 'Put the photos there');
}

async function unknownFolder(path: string): Promise<InputError> {
  const names = await readdir(path);
  const table = names.find((name) => name === 'list_attr_celeba.csv');
  const above = await readdir(dirname(path)).catch((): string[] => []);
  const remedies = [
    above.includes('list_attr_celeba.txt') && 'Set DATASET to the folder above, which holds the tables',
    table !== undefined && 'Put the text tables of the original CelebA there',
    'Put the text tables there, or sort the photos into one folder a class',
  ];
  return new InputError({
    where: path,
    found: table ?? 'neither tables nor class folders',
    expected: 'list_attr_celeba.txt and list_eval_partition.txt beside img_align_celeba, or a subfolder for each class',
    remedy: remedies.find((remedy) => remedy !== false) as string,
  });
}
