/** RGB bytes as a JPEG file's bytes. */

import sharp from 'sharp';
import type { RgbPhoto } from './decode';

/**
 * Encodes a photo as JPEG.
 * @param photo   RGB bytes
 * @param quality 1 to 100; default 92
 * @returns       the file's bytes
 */
export function encodeJpeg({ width, height, data }: RgbPhoto, quality = 92): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, mozjpeg: false })
    .toBuffer();
}
