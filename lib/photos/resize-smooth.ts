/** Resizing for the eye and for finding faces: every old pixel counts. A network's input is made by `resizeNearest`. */

import sharp from 'sharp';
import type { RgbPhoto } from './decode';

/**
 * Stretches a photo to a size with Lanczos's kernel (cubic where it grows).
 * @param photo  RGB bytes
 * @param height rows of the result, in pixels, at least 1
 * @param width  columns of the result, in pixels, at least 1
 * @returns      a new photo, or the same where nothing changes
 */
export async function resizeSmooth(photo: RgbPhoto, height: number, width: number): Promise<RgbPhoto> {
  if (photo.height === height && photo.width === width) return photo;
  const data = await sharp(photo.data, { raw: { width: photo.width, height: photo.height, channels: 3 } })
    .resize({ width, height, fit: 'fill' })
    .raw()
    .toBuffer();
  return { height, width, data };
}
