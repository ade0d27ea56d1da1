/** A few photos of each class to look at, all of which can be read. */

import { examplesOfEachClass } from '../dataset/examples';
import type { Dataset, Part, Photo } from '../dataset/types';
import { defectsOf } from './check';

/**
 * Draws photos of every class from one part; the place of one that can't be read goes to the next of its class. For
 * galleries, and to stand in where a user has given no photos. What is left out is for `selectReadable` to report.
 * @param data     any dataset
 * @param perClass photos of each class, fewer where there are not so many
 * @param seed     fixes the draw
 * @param part     default `train`
 * @returns        photos class by class, in the order of class indices
 * @throws         Stopped where a notebook's user stopped it; SystemFault where the system failed to read a photo
 */
export async function readableExamples(
  data: Dataset,
  perClass: number,
  seed: number,
  part: Part = 'train',
): Promise<Photo[]> {
  const drawn = examplesOfEachClass(data, data.photos.length, seed, part);
  const examples: Photo[] = [];
  for (const [label] of data.classNames.entries()) {
    const left = drawn.filter((photo) => photo.label === label);
    const chosen: Photo[] = [];
    while (chosen.length < perClass && left.length > 0) {
      const next = left.splice(0, perClass - chosen.length);
      const defects = await defectsOf(next);
      chosen.push(...next.filter((_, i) => defects[i] === undefined));
    }
    examples.push(...chosen);
  }
  return examples;
}
