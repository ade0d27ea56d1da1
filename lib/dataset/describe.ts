/** Counts of photos as words. */

import type { Photo } from './types';

/**
 * How many photos there are, in all and in each part.
 * @example describeParts(photos) // '2,028 photos, 1,405 train, 273 validation, 350 test'
 */
export function describeParts(photos: readonly Photo[]): string {
  const inPart = (part: string): string =>
    `${photos.filter((photo) => photo.part === part).length.toLocaleString('en-US')} ${part}`;
  return [withCount(photos.length, 'photo'), ...['train', 'validation', 'test'].map(inPart)].join(', ');
}

/**
 * A count with its noun.
 * @example withCount(1, 'photo') // '1 photo'
 * @example withCount(2028, 'photo') // '2,028 photos'
 */
export function withCount(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
