/** From a photo to a network's input: the one way, for training, test and prediction. */

import { decodePhoto, type RgbPhoto } from './decode';
import type { PhotoFormat } from './photo-format';
import { drawView, PLAIN_VIEW, type PhotoView } from './view';

/**
 * Decodes a photo, stretches it to the format's shape and scales it as VGG16 expects.
 * @param photo  path, or the file's bytes
 * @param format usually ARTICLE_FORMAT, or the one that is kept with a saved model
 * @param view   how the photo is seen; default as it is
 * @returns      [height, width, 3]: blue, green, red, each minus its mean; about -124 to 152
 * @throws       InputError with one sentence where the photo can't be read
 * @source       keras.applications.vgg16.preprocess_input
 */
export async function preparePhoto(
  photo: string | Uint8Array,
  format: PhotoFormat,
  view: PhotoView = PLAIN_VIEW,
): Promise<Float32Array> {
  return scalePixels(await decodePhoto(photo), format, view);
}

/**
 * The second half of `preparePhoto`, for a photo that is decoded already.
 * @param photo  RGB bytes
 * @param format as for `preparePhoto`
 * @param view   as for `preparePhoto`
 * @returns      [height, width, 3], as `preparePhoto` returns it
 */
export function scalePixels(photo: RgbPhoto, format: PhotoFormat, view: PhotoView = PLAIN_VIEW): Float32Array {
  const { data } = drawView(photo, format.height, format.width, view);
  // Rounded to float32 first, as Keras subtracts: each value is then bit for bit the same.
  const [blueMean, greenMean, redMean] = format.means.map(Math.fround);
  const pixels = new Float32Array(data.length);
  for (let i = 0; i < data.length; i += 3) {
    pixels[i] = data[i + 2] - blueMean;
    pixels[i + 1] = data[i + 1] - greenMean;
    pixels[i + 2] = data[i] - redMean;
  }
  return pixels;
}
