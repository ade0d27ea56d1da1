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

/** What `selectReadable` found. */
export interface CheckedPhotos {
  /** Photos that can be decoded, in their order. */
  readable: Photo[];
  /** Photos that can't, in their order, after those whose files are missing. */
  rejected: Reject[];
}

/**
 * Decodes each photo fully, several at a time, and keeps only the outcome.
 * Doesn't look at what a photo shows, nor for photos that are alike.
 * @param photos photos of a dataset
 * @param onDone called after each photo with how many are done
 * @returns      for each photo what is wrong with it, undefined where nothing is
 * @throws       Stopped where a notebook's user stopped it; SystemFault where the system failed to read a photo
 */
export function defectsOf(photos: readonly Photo[], onDone?: (done: number) => void): Promise<(string | undefined)[]> {
  return mapInFlight(photos, ({ file }) => defectOf(file), onDone);
}

/**
 * Checks that each part which had photos still has some that can be read.
 * @param readable   photos that can be read
 * @param unreadable those that can't
 * @throws           InputError where no photo is left of a part that had some
 */
export function checkParts(readable: readonly Photo[], unreadable: readonly Reject[]): void {
  const left = new Set(readable.map(({ part }) => part));
  const lost = unreadable.find(({ photo }) => !left.has(photo.part));
  if (lost === undefined) return;
  throw new InputError({
    where: `the ${lost.photo.part} photos`,
    found: `none that can be read (${lost.photo.name}: ${lost.reason})`,
    expected: 'readable photos in each part',
    remedy: 'Replace or remove these photos, or copy the whole folder again',
  });
}

async function defectOf(file: string): Promise<string | undefined> {
  const photo = await orInputError(decodePhoto(file));
  return photo instanceof InputError ? photo.found : undefined;
}
