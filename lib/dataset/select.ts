/** A part of a dataset that is small enough for the time there is. */

import { checkCount } from '../check-count';
import { InputError } from '../errors';
import { rankedBySeed } from '../random';
import { withCount } from './describe';
import { PARTS, type Dataset, type Part, type Photo } from './types';

/** Options of `selectPhotos`. */
export interface SelectOptions {
  /** Training photos at most; default all. */
  train?: number;
  /** Validation photos at most; default all. */
  validation?: number;
  /** Test photos at most; default all. */
  test?: number;
  /** Parts of which no fewer photos will do, because somebody asked for that many; default none. */
  asked?: readonly Part[];
  /** Fixes which photos are taken, a whole number; default 1. */
  seed?: number;
}

// The settings that these options come from.
const VARIABLES = { train: 'TRAIN', validation: 'VALID', test: 'TEST' } as const;

/**
 * Takes at most so many photos of each part. Where there are more, as many of each class are taken as possible, so 1,000
 * of CelebA's test part are 500 labelled female and 500 labelled male; a class with fewer leaves its places to the others.
 * Which photos is fixed by a hash of seed and name: the same on every machine, and those of a small selection are in every larger one.
 * Doesn't look whether they can be read: `photos.selectReadable` does.
 * @param dataset any dataset
 * @returns       the dataset with fewer photos, in their order; `missing` stays as it was
 * @throws        InputError that says how many there are, where more were `asked` for, or fewer than there are classes
 * @example       selectPhotos(data, { test: 1000 }).photos.filter(({ part }) => part === 'test').length // 1000
 */
export function selectPhotos(dataset: Dataset, options: SelectOptions): Dataset {
  checkSizes(dataset, options);
  const chosen = new Set(
    PARTS.flatMap((part) => {
      const ranked = rankedByClass(dataset, part, options.seed);
      const sizes = ranked.map(({ length }) => length);
      const counts = shareOut(sizes, options[part] ?? Infinity);
      return ranked.flatMap((ofClass, label) => ofClass.slice(0, counts[label]));
    }),
  );
  return { ...dataset, photos: dataset.photos.filter((photo) => chosen.has(photo)) };
}

/**
 * The order in which a part's photos are taken.
 * @param part of the split
 * @param seed fixes the order; default 1
 * @returns    for each class its photos
 */
export function rankedByClass({ classNames, photos }: Dataset, part: Part, seed = 1): Photo[][] {
  const inPart = photos.filter((photo) => photo.part === part);
  return classNames.map((_, label) => {
    const ofClass = inPart.filter((photo) => photo.label === label);
    return rankedBySeed(ofClass, seed, ({ name }) => name);
  });
}

/**
 * Refuses a size that is no number of photos, or that was asked for and can't be had or leaves a class without a photo; a default
 * that is larger than the part is no fault.
 * @throws InputError that names the variable and says how many photos, or classes, there are
 */
export function checkSizes({ name, split, photos }: Dataset, { asked = [], ...caps }: SelectOptions): void {
  for (const part of PARTS) if (caps[part] !== undefined && caps[part] !== Infinity) checkCount(part, caps[part], 0);
  for (const part of asked) {
    const wanted = caps[part] ?? 0;
    const inPart = photos.filter((photo) => photo.part === part);
    const classes = new Set(inPart.map(({ label }) => label)).size;
    const [count, variable] = [inPart.length, VARIABLES[part]];
    if (wanted > count) {
      const most = `at most ${count.toLocaleString('en-US')}: ${name} has ${withCount(count, `${part} photo`)} (split: ${split})`;
      throw sizeError(variable, wanted, most, `Set ${variable}=${count}`);
    }
    if (wanted < classes) {
      const least = `at least ${classes.toLocaleString('en-US')}: a ${part} photo of each class of ${name}`;
      throw sizeError(variable, wanted, least, `Set ${variable}=${classes} or more`);
    }
  }
}

function sizeError(where: string, wanted: number, expected: string, remedy: string): InputError {
  return new InputError({
    where,
    found: wanted.toLocaleString('en-US'),
    expected,
    remedy: `${remedy}, or leave it out`,
  });
}

/**
 * Shares places out as evenly as the sizes of the classes allow, from the smallest class to the largest.
 * @param sizes photos of each class
 * @param total places; Infinity gives all
 * @example     shareOut([30, 5], 20) // [15, 5]
 */
export function shareOut(sizes: number[], total: number): number[] {
  const counts = sizes.map(() => 0);
  let places = total;
  const smallestFirst = sizes.map((size, label) => ({ size, label })).sort((a, b) => a.size - b.size);
  smallestFirst.forEach(({ size, label }, i) => {
    counts[label] = Math.min(size, Math.floor(places / (sizes.length - i)));
    places -= counts[label];
  });
  return counts;
}
