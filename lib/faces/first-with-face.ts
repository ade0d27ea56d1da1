/** One photo with a face, to look at before all others. */

import { InputError, orInputError } from '../errors';
import type { FaceFrame } from '../model/classifier-description';
import { noneReadable } from '../photos/first-readable';
import type { FaceFinder, FoundFace } from './face-finder';

// Of photos without faces there may be thousands.
const MOST_LOOKED_AT = 8;

/**
 * The first photo in which a face is found, of the first eight that can be read; where none of them shows one, the first that
 * can be read.
 * @param finder from `loadFaceFinder`
 * @param photos paths, or bytes of files, in the order in which they are tried
 * @param frame  of training photos, as `finder.find` takes it
 * @returns      its place among the photos, and its faces
 * @throws       InputError where none can be read
 */
export async function firstWithFace(
  finder: FaceFinder,
  photos: readonly (string | Uint8Array)[],
  frame?: FaceFrame,
): Promise<{ index: number; found: FoundFace[] }> {
  const without: number[] = [];
  for (const [index, photo] of photos.entries()) {
    const found = await orInputError(finder.find(photo, frame));
    if (found instanceof InputError) continue;
    if (found.length > 0) return { index, found };
    without.push(index);
    if (without.length === MOST_LOOKED_AT) break;
  }
  if (without.length === 0) throw noneReadable(photos.length);
  return { index: without[0], found: [] };
}
