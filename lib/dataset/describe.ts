/** What is in a dataset, as words. */

import { describeLeftOut } from './left-out';
import { PARTS, type Dataset, type Part, type Photo } from './types';

/**
 * A dataset in one line.
 * @param form what was recognised, such as `CelebA text tables`
 * @example    describeDataset(data, 'CelebA text tables') // 'mini: CelebA text tables, 2,028 photos, 1,405 train, ...'
 */
export function describeDataset(
  { name, photos, missing, leftOut }: Pick<Dataset, 'name' | 'photos' | 'missing' | 'leftOut'>,
  form: string,
): string {
  const lacking = missing.length > 0 ? [`${withCount(missing.length, 'photo')} of the table not there`] : [];
  return [`${name}: ${form}`, describeParts(photos), ...lacking, ...describeLeftOut(leftOut)].join(', ');
}

/**
 * How many photos there are, in all and in each part.
 * @example describeParts(photos) // '2,028 photos, 1,405 train, 273 validation, 350 test'
 */
export function describeParts(photos: readonly Photo[]): string {
  const inPart = (part: Part): string =>
    `${photos.filter((photo) => photo.part === part).length.toLocaleString('en-US')} ${part}`;
  return [withCount(photos.length, 'photo'), ...PARTS.map(inPart)].join(', ');
}

/**
 * A count with its noun.
 * @example withCount(1, 'photo') // '1 photo'
 * @example withCount(2028, 'photo') // '2,028 photos'
 */
export function withCount(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
