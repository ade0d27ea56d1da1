/** A few photos of each class, chosen by a seed. */

import { checkCount } from '../check-count';
import { shuffled } from '../random';
import type { Dataset, Part, Photo } from './types';

/**
 * Draws photos of every class from one part.
 * @param data     any dataset
 * @param perClass photos of each class, fewer where there are not so many
 * @param seed     fixes the draw
 * @param part     default `train`
 * @returns        photos class by class, in the order of class indices
 */
export function examplesOfEachClass(data: Dataset, perClass: number, seed: number, part: Part = 'train'): Photo[] {
  checkCount('perClass', perClass, 0);
  return data.classNames.flatMap((_, label) => {
    const ofClass = data.photos.filter((photo) => photo.part === part && photo.label === label);
    return shuffled(ofClass, seed).slice(0, perClass);
  });
}
