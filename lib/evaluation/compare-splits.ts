/** What a split does to an accuracy, measured with a classifier that takes seconds. */

import { identityLeak } from '../dataset/persons';
import { selectPhotos } from '../dataset/select';
import { availableSplits, inSplit } from '../dataset/split';
import type { Dataset, Part, Photo, SplitName } from '../dataset/types';
import { InputError, orInputError } from '../errors';
import { decodePhoto } from '../photos/decode';
import { greyPixels } from '../photos/grey-pixels';
import { mapInFlight } from '../photos/map-in-flight';
import { tf } from '../tensorflow/load';
import { wilsonInterval } from './interval';

/** One split's accuracy. */
export interface SplitAccuracy {
  /** Which split. */
  split: SplitName;
  /** Training photos compared with. */
  train: number;
  /** Test photos. */
  test: number;
  /** Test photos that show a person of these training photos, in percent, one decimal; undefined where nobody is known. */
  sharedPercent?: number;
  /** Share of test photos whose nearest training photo has their label, 0 to 1. */
  accuracy: number;
  /** Its 95 % interval. */
  interval: [number, number];
}

/** Options of `compareSplits`. */
export interface CompareSplitsOptions {
  /** Training photos of each split at most; default 2,000. */
  train?: number;
  /** Test photos of each split at most; default 500. */
  test?: number;
  /** Fixes which photos, a whole number; default 1. */
  seed?: number;
  /** Called now and then with how many photos are read, of how many. */
  onProgress?: (done: number, total: number) => void;
}

// A face's features are some pixels wide; CelebA's photos are 178 x 218.
const COLUMNS = 18;
const ROWS = 22;
const PROGRESS_EVERY = 50;
const PARTS_NEEDED: readonly Part[] = ['train', 'test'];

/**
 * The accuracy of the nearest neighbour in each split: a test photo gets the label of the training photo that correlates
 * most with it, both as 18 x 22 grey values. Where that is often the same person, the figure flatters.
 * Photos that can't be read are left out, and so is a split that has no other training or no other test photo; as many photos
 * are taken of each split, where it has them.
 * @param data a dataset as it was opened, in its own split
 * @returns    a row a split, its own first; empty where none can be judged
 * @throws     Stopped where a notebook's user stopped it; SystemFault where the system failed to read a photo; InputError where
 *             a size is out of range
 */
export async function compareSplits(data: Dataset, options: CompareSplitsOptions = {}): Promise<SplitAccuracy[]> {
  const { train = 2000, test = 500, seed, onProgress } = options;
  const runs = availableSplits(data).map((split) => {
    const selected = selectPhotos(inSplit(data, split, seed), { train, validation: 0, test, seed });
    return { split, photos: selected.photos };
  });
  const files = [...new Set(runs.flatMap(({ photos }) => photos.map(({ file }) => file)))];
  const greys = await readGreys(files, onProgress);
  return runs.flatMap(({ split, photos }) => {
    const readable = photos.filter(({ file }) => greys.has(file));
    if (!PARTS_NEEDED.every((needed) => readable.some(({ part }) => part === needed))) return [];
    return [{ split, ...judge(readable, (photo) => greys.get(photo.file) as Float32Array) }];
  });
}

/**
 * For each photo the index of the one among others that correlates most with it.
 * @param photos as `greyPixels` gives them
 * @param others the same, at least one
 * @throws       InputError where there is none, or one has more or fewer values
 * @example      nearestNeighbours([new Float32Array([1, 0])], [new Float32Array([0, 1]), new Float32Array([0.9, 0.1])]) // [1]
 */
export function nearestNeighbours(photos: readonly Float32Array[], others: readonly Float32Array[]): number[] {
  if (photos.length === 0) return [];
  const { length } = photos[0];
  if (others.length === 0 || [...photos, ...others].some((values) => values.length !== length)) {
    throw new InputError({
      where: 'nearestNeighbours',
      found: `${others.length} others, or photos of different sizes`,
      expected: `at least one other, and ${length} values each`,
      remedy: 'Give all as greyPixels makes them, in one size',
    });
  }
  const nearest = tf.tidy(() => {
    const asked = asMatrix(photos); // [photos, values]
    const known = asMatrix(others); // [others, values]
    return asked.matMul(known, false, true).argMax(1).dataSync(); // [photos, others] -> [photos]
  });
  return Array.from(nearest);
}

function asMatrix(rows: readonly Float32Array[]): tf.Tensor2D {
  const width = rows[0].length;
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, i) => values.set(row, i * width));
  return tf.tensor2d(values, [rows.length, width]);
}

function judge(photos: Photo[], greyOf: (photo: Photo) => Float32Array): Omit<SplitAccuracy, 'split'> {
  const train = photos.filter(({ part }) => part === 'train');
  const test = photos.filter(({ part }) => part === 'test');
  const nearest = nearestNeighbours(test.map(greyOf), train.map(greyOf));
  const hits = test.filter(({ label }, i) => train[nearest[i]].label === label).length;
  const { photos: known, percent } = identityLeak(photos)[1];
  return {
    train: train.length,
    test: test.length,
    ...(known > 0 && { sharedPercent: percent }),
    accuracy: hits / test.length,
    interval: wilsonInterval(hits, test.length),
  };
}

async function readGreys(
  files: readonly string[],
  onProgress?: (done: number, total: number) => void,
): Promise<Map<string, Float32Array>> {
  const greys = await mapInFlight(files, readGrey, (done) => {
    if (done % PROGRESS_EVERY === 0 || done === files.length) onProgress?.(done, files.length);
  });
  return new Map(files.flatMap((file, i) => (greys[i] === undefined ? [] : [[file, greys[i]] as const])));
}

async function readGrey(file: string): Promise<Float32Array | undefined> {
  const photo = await orInputError(decodePhoto(file));
  return photo instanceof InputError ? undefined : greyPixels(photo, COLUMNS, ROWS);
}
