/** Photos as a network expects them, one after the other, with the next ones decoded meanwhile. */

import { InputError, orInputError } from '../errors';
import type { PhotoFormat } from '../photos/photo-format';
import { preparePhoto } from '../photos/prepare';
import { workAhead } from '../photos/work-ahead';

/** A photo as numbers, or why it couldn't be read. */
export type PreparedPhoto<T> =
  | { photo: T; /** [height, width, 3] as `preparePhoto` returns it. */ pixels: Float32Array; error?: undefined }
  | { photo: T; /** One sentence. */ error: string; pixels?: undefined };

// More in flight gain nothing on the thread pool's four threads, and each may hold a photo of 50 million pixels.
const IN_FLIGHT = 8;

/**
 * Prepares photos in order, several in flight; memory holds those few, however many there are.
 * @param photos their order is kept
 * @param fileOf path of a photo's file
 * @param format how they are prepared
 * @returns      each photo with its pixels or with the reason why it couldn't be read
 * @throws       SystemFault where the system failed to read a photo
 */
export function preparedPhotos<T>(
  photos: Iterable<T>,
  fileOf: (photo: T) => string,
  format: PhotoFormat,
): AsyncGenerator<PreparedPhoto<T>> {
  return workAhead(photos, (photo) => prepare(photo, fileOf(photo), format), IN_FLIGHT);
}

async function prepare<T>(photo: T, file: string, format: PhotoFormat): Promise<PreparedPhoto<T>> {
  const pixels = await orInputError(preparePhoto(file, format));
  return pixels instanceof InputError ? { photo, error: pixels.message } : { photo, pixels };
}
