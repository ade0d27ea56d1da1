/** A split by a seeded draw. */

import { rankedBySeed } from '../random';
import { PARTS, type Dataset, type Part, type Photo } from './types';

/**
 * Draws the parts anew: each gets as many photos of each class as it has now, chosen by a hash of seed and name, so the
 * draw is the same on every machine. Persons aren't looked at: the same one may be in two parts.
 * @param data any dataset with a split
 * @param seed a whole number, fixes the draw
 * @returns    the photos in their order, with other parts
 */
export function randomSplit(data: Pick<Dataset, 'classNames' | 'photos'>, seed: number): Photo[] {
  const partOf = new Map<Photo, Part>();
  data.classNames.forEach((_, label) => {
    const ofClass = data.photos.filter((photo) => photo.label === label);
    const ranked = rankedBySeed(ofClass, seed, ({ name }) => name);
    // Test first: a class with a photo more keeps the test photos that it had.
    let from = 0;
    for (const part of [...PARTS].reverse()) {
      const end = from + ofClass.filter((photo) => photo.part === part).length;
      for (const photo of ranked.slice(from, end)) partOf.set(photo, part);
      from = end;
    }
  });
  return data.photos.map((photo) => ({ ...photo, part: partOf.get(photo) as Part }));
}
