/** A part of a dataset that is small enough for the time there is. */

import { rankedBySeed } from '../random';
import type { Dataset, Part, Photo } from './types';

/** Options of `selectPhotos`. */
export interface SelectOptions {
  /** Training photos at most; default all. */
  train?: number;
  /** Validation photos at most; default all. */
  validation?: number;
  /** Test photos at most; default all. */
  test?: number;
  /** Fixes which photos are taken, a whole number; default 1. */
  seed?: number;
}

/**
 * Takes at most so many photos of each part. Where there are more, as many of each class are taken as possible, so 1,000
 * of CelebA's test part are 500 labelled female and 500 labelled male; a class with fewer leaves its places to the others.
 * Which photos is fixed by a hash of seed and name: the same on every machine, and those of a small selection are in every larger one.
 * @param dataset any dataset
 * @returns       the dataset with fewer photos, in their order; `missing` stays as it was
 * @example       selectPhotos(data, { test: 1000 }).photos.filter(({ part }) => part === 'test').length // 1000
 */
export function selectPhotos(dataset: Dataset, { seed = 1, ...caps }: SelectOptions): Dataset {
  const parts: Part[] = ['train', 'validation', 'test'];
  const chosen = new Set(
    parts.flatMap((part) => {
      const photos = dataset.photos.filter((photo) => photo.part === part);
      const cap = caps[part] ?? photos.length;
      return photos.length <= cap ? photos : balanced(photos, dataset.classNames.length, cap, seed);
    }),
  );
  return { ...dataset, photos: dataset.photos.filter((photo) => chosen.has(photo)) };
}

function balanced(photos: Photo[], classCount: number, cap: number, seed: number): Photo[] {
  const byClass = Array.from({ length: classCount }, (_, label) => photos.filter((photo) => photo.label === label));
  const counts = shareOut(
    byClass.map(({ length }) => length),
    cap,
  );
  return byClass.flatMap((ofClass, label) => rankedBySeed(ofClass, seed, ({ name }) => name).slice(0, counts[label]));
}

/** Shares `total` places out as evenly as the sizes allow, from the smallest class to the largest. */
function shareOut(sizes: number[], total: number): number[] {
  const counts = sizes.map(() => 0);
  let places = total;
  const smallestFirst = sizes.map((size, label) => ({ size, label })).sort((a, b) => a.size - b.size);
  smallestFirst.forEach(({ size, label }, i) => {
    counts[label] = Math.min(size, Math.floor(places / (sizes.length - i)));
    places -= counts[label];
  });
  return counts;
}
