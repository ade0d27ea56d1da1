/** Opens whatever copy of photos there is: CelebA in any form, class folders, or the sample set. */

import { resolve } from 'node:path';
import { projectPath } from '../project/paths';
import { describeParts } from './describe';
import { openPlace } from './open-place';
import { drawSampleSet, isSampleSet } from './sample-set';
import { splitDataset } from './split';
import type { Dataset, SplitName } from './types';

/** Options of `openDataset`. */
export interface OpenOptions {
  /** Column of CelebA's attribute table; class folders don't use it; default Male. */
  attribute?: string;
  /** What is to be learned, as `splitDataset` takes it; default the parts that the dataset has, to be looked at only. */
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
 * Photos themselves aren't opened: `photos.selectReadable` does that.
 * @param folder one of: CelebA's tables, as text or as CSV, with its photos unpacked or zipped; its parquet copy, a file or
 *               a folder of them; folders train, validation and test with a subfolder for each class; a subfolder for each
 *               class; a zip archive with any of these but parquet; undefined for the sample set, which is drawn on the
 *               spot where it is missing
 * @returns      its photos with label and part; what is no photo of it is counted in `leftOut`
 * @throws       InputError in one sentence: no such folder, empty, nothing of the above, one class only, or one
 *               only in a part where a `split` is given, a fault in a table with its line
 * @example      (await openDataset('data/celeba')).classNames // ['female', 'male']
 */
export async function openDataset(folder: string | undefined, options: OpenOptions = {}): Promise<Dataset> {
  const data = await (folder === undefined ? openSampleSet(options) : openFolder(folder, options));
  return options.split === undefined ? data : splitDataset(data, options.split, options.seed);
}

async function openFolder(folder: string, { attribute = 'Male', seed = 1 }: OpenOptions): Promise<Dataset> {
  const path = resolve(folder);
  const dataset = await openPlace(path, attribute, seed);
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
