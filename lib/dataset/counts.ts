/** Counts of photos by class and part. */

import type { Dataset, Part } from './types';

/** Parts in the order in which they are shown. */
export const PARTS: readonly Part[] = ['train', 'validation', 'test'];

/** Photos of one class in one part. */
export interface ClassCount {
  /** Class name. */
  label: string;
  /** Part of the split. */
  part: Part;
  /** Photos. */
  photos: number;
  /** Share of this class among the part's photos, in percent, one decimal. */
  percent: number;
}

/**
 * Photos of each class in each part.
 * @param data any dataset
 * @returns    a row for each class in each part, in the order of parts and class indices
 * @example    countClasses(data)[0] // { label: 'female', part: 'train', photos: 689, percent: 49 }
 */
export function countClasses(data: Dataset): ClassCount[] {
  return PARTS.flatMap((part) => {
    const inPart = data.photos.filter((photo) => photo.part === part);
    return data.classNames.map((label, index) => {
      const photos = inPart.filter((photo) => photo.label === index).length;
      const percent = inPart.length === 0 ? 0 : Math.round((1000 * photos) / inPart.length) / 10;
      return { label, part, photos, percent };
    });
  });
}
