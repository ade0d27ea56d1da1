/** Photos that are in a dataset twice, byte for byte. */

import { createHash } from 'node:crypto';
import type { Photo } from '../dataset/types';
import { InputError, orInputError } from '../errors';
import { mapInFlight } from './map-in-flight';
import { readPhotoBytes } from './photo-bytes';

/** What `findDuplicates` found. */
export interface Duplicates {
  /** Photos looked at; those that can't be read aren't. */
  photos: number;
  /** Copies of one photo that are in more than one part, a list each, in the given order. */
  acrossParts: Photo[][];
  /** Copies of one photo that are all in one part. */
  withinParts: Photo[][];
  /** How many of all these photos are labelled in two ways. */
  contradicting: number;
}

/** Options of `findDuplicates`. */
export interface DuplicatesOptions {
  /** Called now and then with how many photos are read, of how many. */
  onProgress?: (done: number, total: number) => void;
}

const PROGRESS_EVERY = 100;

/**
 * Reads each photo once and compares contents by checksum; memory holds a checksum a photo.
 * Doesn't find photos that look alike and differ in a byte, such as one saved again.
 * @param photos photos of a dataset, with their parts
 * @returns      every photo that occurs at least twice
 * @throws       Stopped where a notebook's user stopped it; SystemFault where the system failed to read a photo
 */
export async function findDuplicates(
  photos: readonly Photo[],
  { onProgress }: DuplicatesOptions = {},
): Promise<Duplicates> {
  const digests = await mapInFlight(photos, digestOf, (done) => {
    if (done % PROGRESS_EVERY === 0 || done === photos.length) onProgress?.(done, photos.length);
  });
  const copies = repeated(photos, digests);
  const isAcross = (group: Photo[]): boolean => new Set(group.map(({ part }) => part)).size > 1;
  return {
    photos: digests.filter((digest) => digest !== undefined).length,
    acrossParts: copies.filter(isAcross),
    withinParts: copies.filter((group) => !isAcross(group)),
    contradicting: copies.filter((group) => new Set(group.map(({ label }) => label)).size > 1).length,
  };
}

/**
 * What was found as a sentence.
 * @example duplicatesSentence(await findDuplicates(photos))
 *          // '2,028 photos compared: 1 photo is in more than one part, 3 twice or more in one part; 1 of these has two labels.'
 */
export function duplicatesSentence({ photos, acrossParts, withinParts, contradicting }: Duplicates): string {
  const compared = `${photos.toLocaleString('en-US')} photos compared`;
  if (acrossParts.length + withinParts.length === 0) return `${compared}: no two are the same.`;
  const across = `${acrossParts.length === 1 ? '1 photo is' : `${acrossParts.length} photos are`} in more than one part`;
  const labels = contradicting === 1 ? '1 of these has' : `${contradicting} of these have`;
  return `${compared}: ${across}, ${withinParts.length} twice or more in one part; ${labels} two labels.`;
}

function repeated(photos: readonly Photo[], digests: readonly (string | undefined)[]): Photo[][] {
  const byDigest = new Map<string, Photo[]>();
  photos.forEach((photo, i) => {
    const digest = digests[i];
    if (digest === undefined) return;
    const known = byDigest.get(digest);
    if (known === undefined) byDigest.set(digest, [photo]);
    else known.push(photo);
  });
  return [...byDigest.values()].filter(({ length }) => length > 1);
}

async function digestOf({ file }: Photo): Promise<string | undefined> {
  const bytes = await orInputError(readPhotoBytes(file));
  return bytes instanceof InputError ? undefined : createHash('sha256').update(bytes).digest('base64');
}
