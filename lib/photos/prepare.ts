/** From a photo to a network's input: the one way, for training, test and prediction. */

import { decodeBytes, plainSize, type RgbPhoto } from './decode';
import { readPhotoBytes } from './photo-bytes';
import type { PhotoFormat } from './photo-format';
import { preparePlainJpeg } from './plain-jpeg';
import { nearestIndices } from './resize-nearest';
import { drawView, PLAIN_VIEW, viewIndices, type PhotoView } from './view';

/**
 * Decodes a photo, stretches it to the format's shape and preprocesses it as VGG16 expects.
 * @param photo  path, or the file's bytes
 * @param format usually ARTICLE_FORMAT, or the one that is kept with a saved model
 * @param view   how the photo is seen; default as it is
 * @param target where to put the values; default a new array
 * @param where  how messages name the photo; default its path, or the word photo
 * @returns      `target`, [height, width, 3]: blue, green, red, each minus its mean; about -124 to 152
 * @throws       InputError with one sentence where the photo can't be read
 * @source       keras.applications.vgg16.preprocess_input
 */
export async function preparePhoto(
  photo: string | Uint8Array,
  format: PhotoFormat,
  view: PhotoView = PLAIN_VIEW,
  target: Float32Array = new Float32Array(format.height * format.width * 3),
  where = typeof photo === 'string' ? photo : undefined,
): Promise<Float32Array> {
  const bytes = typeof photo === 'string' ? await readPhotoBytes(photo) : photo;
  const size = plainSize(bytes);
  if (size !== undefined && view.degradation === undefined) {
    const indices = viewIndices(size, format.height, format.width, view);
    if (await preparePlainJpeg(bytes, size, indices, format.means, target)) return target;
  }
  const seen = await drawView(await decodeBytes(bytes, where), format.height, format.width, view);
  return preprocessPhoto(seen, format, target);
}

/**
 * The second half of `preparePhoto`, for a photo that is decoded already: resized, channels in BGR order, less their means.
 * @param photo  RGB bytes
 * @param format as for `preparePhoto`
 * @param target as for `preparePhoto`
 * @returns      `target`, [height, width, 3], as `preparePhoto` returns it for the plain view
 */
export function preprocessPhoto(
  photo: RgbPhoto,
  format: PhotoFormat,
  target: Float32Array = new Float32Array(format.height * format.width * 3),
): Float32Array {
  const rows = nearestIndices(photo.height, format.height);
  const columns = nearestIndices(photo.width, format.width);
  const [blue, green, red] = format.means.map(lessMean);
  let next = 0;
  for (const row of rows) {
    for (const column of columns) {
      const source = 3 * (row * photo.width + column);
      target[next++] = blue[photo.data[source + 2]];
      target[next++] = green[photo.data[source + 1]];
      target[next++] = red[photo.data[source]];
    }
  }
  return target;
}

/** What each byte becomes. Rounded to float32 first, as Keras subtracts: each value is then bit for bit the same. */
function lessMean(mean: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, value) => value - Math.fround(mean));
}
