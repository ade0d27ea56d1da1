/** Counts of photos by class and part. */

import { PARTS, type Dataset, type Part } from './types';

/** What is needed to count: a dataset has it, and so have predictions. */
export interface LabelledPhotos {
  /** Names of the classes, by label. */
  classNames: readonly string[];
  /** Each with its class index. */
  photos: readonly { label: number }[];
}

/** Photos of one class. */
export interface ClassCount {
  /** Name of the class. */
  class: string;
  /** Photos. */
  count: number;
  /** Share of this class, in percent, one decimal. */
  percent: number;
}

/** Photos of one class in one part. */
export interface PartClassCount extends ClassCount {
  /** Part of the split; `percent` is the share among its photos. */
  part: Part;
}

/**
 * Photos of each class.
 * @param data any dataset, or its class names with a part of its photos
 * @returns    a row a class, in the order of class indices
 * @example    classTotals(data)[1] // { class: 'male', count: 1029, percent: 50.7 }
 */
export function classTotals(data: LabelledPhotos): ClassCount[] {
  return data.classNames.map((name, label) => {
    const count = data.photos.filter((photo) => photo.label === label).length;
    return { class: name, count, percent: Math.round((1000 * count) / Math.max(1, data.photos.length)) / 10 };
  });
}

/**
 * Photos of each class in each part.
 * @param data any dataset
 * @returns    a row for each class in each part, in the order of parts and class indices
 * @example    countClasses(data)[0] // { part: 'train', class: 'female', count: 689, percent: 49 }
 */
export function countClasses(data: Pick<Dataset, 'classNames' | 'photos'>): PartClassCount[] {
  return PARTS.flatMap((part) => {
    const photos = data.photos.filter((photo) => photo.part === part);
    return classTotals({ classNames: data.classNames, photos }).map((row) => ({ part, ...row }));
  });
}
