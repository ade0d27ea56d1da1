/** A photo turned about its middle: something to align where all photos at hand are upright. */

import sharp from 'sharp';
import { decodePhoto } from './decode';
import { encodeJpeg } from './encode';

/**
 * Turns a photo clockwise.
 * @param photo   path, or the file's bytes
 * @param degrees how far; negative turns the other way
 * @returns       a JPEG's bytes; larger than the photo, so that nothing of it is lost, with grey in the corners
 * @throws        InputError where the photo can't be read
 */
export async function turnedPhoto(photo: string | Uint8Array, degrees: number): Promise<Uint8Array> {
  const { data, width, height } = await decodePhoto(photo);
  const turned = await sharp(data, { raw: { width, height, channels: 3 } })
    .rotate(degrees, { background: { r: 128, g: 128, b: 128 } })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return encodeJpeg({ data: turned.data, width: turned.info.width, height: turned.info.height });
}
