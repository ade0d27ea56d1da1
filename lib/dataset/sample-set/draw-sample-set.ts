/** Draws the sample set: a folder in CelebA's format, made on the spot. */

import { randomBytes } from 'node:crypto';
import { access, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../../errors';
import { makeFolder, readingFault, syncFilesIn, syncFolder } from '../../files';
import { backgroundSvg } from './background';
import { develop } from './develop';
import { faceConfig } from './face-config';
import { frameSvg } from './frame';
import { planPictures, type PlannedPicture } from './plan';
import { randomFrom } from './random';
import { readMe, SAMPLE_SET_TITLE } from './read-me';
import { attributeTable, identityTable, partitionTable } from './tables';

/** Pictures in the sample set: enough for a fair test, few enough for minutes without a GPU. */
export const SAMPLE_SET_SIZE = 240;

/** Seed of the sample set that the notebooks show. */
export const SAMPLE_SEED = 1;

/** Options of `drawSampleSet`. */
export interface DrawOptions {
  /** A whole number from 0; default 1. */
  seed?: number;
  /** Pictures in all three parts together, 24 to 999,999; default 240. */
  photoCount?: number;
  /** Called after each picture with how many are drawn, of how many. */
  onProgress?: (done: number, total: number) => void;
}

// Smaller sets can't have two people of each class in each part.
const FEWEST_PHOTOS = 24;
const PHOTO_FOLDER = 'img_align_celeba';
// sharp works on four threads; one more picture waits ready.
const IN_FLIGHT = 5;
// Drawing takes seconds. Asking whether its process still runs would only tell of this machine.
const STALE_MS = 3_600_000;
// Of a README: missing, in something else than a folder, a link that leads nowhere.
const NO_FILE = ['ENOENT', 'ENOTDIR', 'ELOOP'];

/**
 * Draws pictures of invented people, with CelebA's tables, into a new folder. The folder appears whole or not at all.
 * @param folder where it shall be; must be missing or empty
 * @throws       InputError where the folder holds something else, or an option is out of range
 * @source       faces: facesjs 5 (Apache-2.0)
 * @example      await drawSampleSet('data/sample', { seed: 1 }); // data/sample/img_align_celeba/000001.jpg ...
 */
export async function drawSampleSet(
  folder: string,
  { seed = SAMPLE_SEED, photoCount = SAMPLE_SET_SIZE, onProgress }: DrawOptions = {},
): Promise<void> {
  requireWholeNumber('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  requireWholeNumber('photoCount', photoCount, FEWEST_PHOTOS, 999_999);
  const target = resolve(folder);
  await requireFree(target);
  await removeStale(target);
  const aside = `${asidePrefix(target)}${randomBytes(6).toString('hex')}`;
  try {
    const planned = planPictures(photoCount, seed);
    await makeFolder(join(aside, PHOTO_FOLDER));
    await drawPictures(join(aside, PHOTO_FOLDER), planned, seed, onProgress);
    await writeFile(join(aside, 'list_attr_celeba.txt'), attributeTable(planned));
    await writeFile(join(aside, 'list_eval_partition.txt'), partitionTable(planned));
    await writeFile(join(aside, 'identity_CelebA.txt'), identityTable(planned));
    await writeFile(join(aside, 'README.md'), readMe(planned, seed));
    // Its README says that the set is whole, so that nothing of it may come to the disk after its name.
    for (const each of [join(aside, PHOTO_FOLDER), aside]) await syncFilesIn(each);
    await moveIntoPlace(aside, target);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/**
 * Whether a folder is a sample set: drawings, not photos.
 * @throws  InputError where its README may not be read, for then drawings would pass for photos; else the system's error
 * @example await isSampleSet('data/sample') // true
 */
export async function isSampleSet(folder: string): Promise<boolean> {
  const readme = join(folder, 'README.md');
  const file = await open(readme).catch((error: NodeJS.ErrnoException) => {
    if (NO_FILE.includes(error.code ?? '')) return undefined;
    throw readingFault(readme, 'file', 'text that says whether photos or drawings lie there', error);
  });
  if (file === undefined) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE_SET_TITLE.length), 0, SAMPLE_SET_TITLE.length, 0);
    return buffer.toString('utf8', 0, bytesRead) === SAMPLE_SET_TITLE;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') return false;
    throw error;
  } finally {
    await file.close();
  }
}

async function drawPictures(
  folder: string,
  planned: PlannedPicture[],
  seed: number,
  onProgress: DrawOptions['onProgress'],
): Promise<void> {
  // facesjs is an ES module, which CommonJS can only import while running.
  const { faceToSvgString } = await import('facesjs');
  const waiting = oneByOne(planned);
  let done = 0;
  const work = async (): Promise<void> => {
    for (const { name, picture } of waiting) {
      const random = randomFrom(`${seed}/pixels/${name}`);
      const svg = frameSvg(faceToSvgString(faceConfig(picture)), backgroundSvg(random), picture.camera);
      await writeFile(join(folder, name), await develop(svg, picture.development, random));
      onProgress?.(++done, planned.length);
    }
  };
  // All of them must be still before the folder is taken away.
  const workers = await Promise.allSettled(Array.from({ length: IN_FLIGHT }, work));
  for (const worker of workers) if (worker.status === 'rejected') throw worker.reason;
}

// A generator, because one worker's failure closes it and so ends the others; an array's own iterator goes on.
function* oneByOne<T>(items: T[]): Generator<T> {
  for (const item of items) yield item;
}

function requireWholeNumber(option: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new InputError({
    where: `${option} of the sample set`,
    found: String(value),
    expected: `a whole number from ${least} to ${most}`,
    remedy: `Set ${option} to such a number`,
  });
}

async function requireFree(target: string): Promise<void> {
  const entries = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  if (entries.length === 0) return;
  throw new InputError({
    where: target,
    found: `a folder that holds ${entries[0]}`,
    expected: 'no folder, or an empty one, to draw the sample set into',
    remedy: 'Remove it or name another folder',
  });
}

function asidePrefix(target: string): string {
  return join(dirname(target), `.${basename(target)}.drawing-`);
}

/** Removes what processes left beside the target that were killed while they drew. */
async function removeStale(target: string): Promise<void> {
  const prefix = basename(asidePrefix(target));
  const names = await readdir(dirname(target)).catch(() => [] as string[]);
  for (const path of names.filter((one) => one.startsWith(prefix)).map((one) => join(dirname(target), one))) {
    // Another process may have moved its own into place meanwhile.
    const begun = await stat(path).catch(() => undefined);
    if (begun !== undefined && Date.now() - begun.mtimeMs > STALE_MS) await rm(path, { recursive: true, force: true });
  }
}

async function moveIntoPlace(aside: string, target: string): Promise<void> {
  try {
    await rename(aside, target);
    await syncFolder(dirname(target));
  } catch (error) {
    // Another process may have drawn the same set meanwhile; a whole one is there then.
    await access(join(target, 'list_attr_celeba.txt')).catch(() => {
      throw error;
    });
  }
}
