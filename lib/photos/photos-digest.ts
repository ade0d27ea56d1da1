/** One checksum for a whole set of photos: their names, labels, parts and bytes. */

import type { Photo } from '../dataset/types';
import { sha256Of } from '../files/checksum';
import { mapInFlight } from './map-in-flight';
import { readPhotoBytes } from './photo-bytes';

/**
 * Tells whether two runs see the same photos. The order counts, since it decides which photo comes in which batch.
 * @param photos readable photos; one that brings the `sha256` of its file, as those with stored features do, isn't read again
 * @returns      the first 16 hexadecimal digits of a SHA-256
 * @throws       InputError where a photo can't be read, SystemFault where the system failed to; Stopped where a notebook's user
 *               stopped it
 */
export async function photosDigest(photos: readonly (Photo & { sha256?: string })[]): Promise<string> {
  const contents = await mapInFlight(
    photos,
    async (photo) => photo.sha256 ?? sha256Of(await readPhotoBytes(photo.file)),
  );
  const lines = photos.map(({ name, label, part }, i) => JSON.stringify([name, label, part, contents[i]]));
  return sha256Of(lines.join('\n')).slice(0, 16);
}
