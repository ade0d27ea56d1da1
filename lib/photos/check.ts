/** Finds the photos that can't be read before anything is computed from them, and says why. */

import type { Photo } from '../dataset/types';
import { InputError, orInputError } from '../errors';
import { decodePhoto } from './decode';
import { mapInFlight } from './map-in-flight';

/** A photo that is left out. */
export interface Reject {
  /** The photo, as the dataset has it. */
  photo: Photo;
  /** Why, as a few words, such as `a file that ends early`. */
  reason: string;
}

/** What `checkPhotos` found. */
export interface CheckedPhotos {
  /** Photos that can be decoded, in their order. */
  readable: Photo[];
  /** Photos that can't, in their order, after those whose files are missing. */
  rejected: Reject[];
}

/** Options of `checkPhotos`. */
export interface CheckOptions {
  /** Photos known to have no file, `missing` of a dataset; listed as rejected; default none. */
  missing?: readonly Photo[];
  /** Called now and then with how many photos are checked, of how many. */
  onProgress?: (done: number, total: number) => void;
}

const PROGRESS_EVERY = 50;

/**
 * Decodes each photo fully, several at a time, and keeps only the outcome.
 * Doesn't look at what a photo shows, nor for photos that are alike.
 * @param photos photos of a dataset
 * @returns      who can be read and who can't, each in the given order
 * @throws       InputError where no photo of a part can be read
 */
export async function checkPhotos(
  photos: readonly Photo[],
  { missing = [], onProgress }: CheckOptions = {},
): Promise<CheckedPhotos> {
  const reasons = await defectsOf(photos, (done) => {
    if (done % PROGRESS_EVERY === 0 || done === photos.length) onProgress?.(done, photos.length);
  });
  const unreadable = photos.flatMap((photo, i) => {
    const reason = reasons[i];
    return reason === undefined ? [] : [{ photo, reason }];
  });
  const absent = missing.map((photo) => ({ photo, reason: 'no such file' }));
  const readable = photos.filter((_, i) => reasons[i] === undefined);
  checkParts(readable, unreadable);
  return { readable, rejected: [...absent, ...unreadable] };
}

/**
 * Decodes each photo fully, several at a time.
 * @param photos photos of a dataset
 * @param onDone called after each photo with how many are done
 * @returns      for each photo what is wrong with it, undefined where nothing is
 */
export function defectsOf(photos: readonly Photo[], onDone?: (done: number) => void): Promise<(string | undefined)[]> {
  return mapInFlight(photos, ({ file }) => defectOf(file), onDone);
}

/**
 * @throws InputError where no photo is left of a part that had some
 */
export function checkParts(readable: readonly Photo[], unreadable: readonly Reject[]): void {
  const left = new Set(readable.map(({ part }) => part));
  const lost = unreadable.find(({ photo }) => !left.has(photo.part));
  if (lost === undefined) return;
  throw new InputError({
    where: `the ${lost.photo.part} photos`,
    found: `none that can be read (${lost.photo.name}: ${lost.reason})`,
    expected: 'readable photos in each part',
    remedy: 'Replace these photos, or copy the whole folder again',
  });
}

async function defectOf(file: string): Promise<string | undefined> {
  const photo = await orInputError(decodePhoto(file));
  return photo instanceof InputError ? photo.found : undefined;
}
