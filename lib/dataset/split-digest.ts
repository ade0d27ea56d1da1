/** Which photo is in which part, as one checksum. */

import { sha256Of } from '../files/checksum';
import type { Photo } from './types';

/**
 * Tells whether two runs divide the same photos in the same way: a draw with another seed, or of more photos, doesn't.
 * @param photos all photos of a dataset, by name: what is in them isn't read
 * @returns      the first 16 hexadecimal digits of a SHA-256
 */
export function splitDigest(photos: readonly Pick<Photo, 'name' | 'label' | 'part'>[]): string {
  const lines = photos.map(({ name, label, part }) => JSON.stringify([name, label, part]));
  return sha256Of(lines.join('\n')).slice(0, 16);
}
