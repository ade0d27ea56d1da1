/** One photo to look at before all others. */

import type { Photo } from '../dataset/types';
import { InputError, orInputError } from '../errors';
import { decodePhoto } from './decode';

/**
 * The first photo that can be read; those before it are for `selectReadable` to report.
 * @param photos in the order in which they are tried
 * @returns      one of them
 * @throws       InputError where none can be read
 */
export async function firstReadable<T extends Pick<Photo, 'file'>>(photos: readonly T[]): Promise<T> {
  for (const photo of photos) {
    if (!((await orInputError(decodePhoto(photo.file))) instanceof InputError)) return photo;
  }
  throw noneReadable(photos.length);
}

/** The error where a photo is wanted, and none of so many can be read. */
export function noneReadable(count: number): InputError {
  return new InputError({
    where: 'photos',
    found: `none of ${count} that can be read`,
    expected: 'at least one',
    remedy: 'Check the folder in DATASET, or in PHOTOS for photos of your own',
  });
}
