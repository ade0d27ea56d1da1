/** Resizing by Keras's rule, so that photos look to the network as they did in training. */

import { InputError } from '../errors';
import type { RgbPhoto } from './decode';

/**
 * Takes for each new pixel the nearest old one: column floor((x + 0.5) * oldWidth / width), rows likewise. These are
 * exactly the pixels that Keras's image loaders (PIL's 'nearest') take; sharp's kernel of that name takes others.
 * The picture is stretched to the new shape, never cropped.
 * @param photo  RGB bytes
 * @param height rows of the result, in pixels, at least 1
 * @param width  columns of the result, in pixels, at least 1
 * @returns      a new photo, or the same where nothing changes
 * @throws       InputError where height or width is no whole number above 0
 * @source       Pillow, src/libImaging/Geometry.c, ImagingScaleAffine with nearest_filter
 */
export function resizeNearest(photo: RgbPhoto, height: number, width: number): RgbPhoto {
  checkSide('height', height);
  checkSide('width', width);
  if (photo.height === height && photo.width === width) return photo;
  return pickPixels(photo, nearestIndices(photo.height, height), nearestIndices(photo.width, width));
}

/**
 * A new photo of some of a photo's pixels.
 * @param rows    the old row of each new one
 * @param columns the old column of each new one
 */
export function pickPixels(photo: RgbPhoto, rows: Int32Array, columns: Int32Array): RgbPhoto {
  const data = new Uint8Array(rows.length * columns.length * 3);
  let target = 0;
  for (const row of rows) {
    const start = row * photo.width;
    for (let x = 0; x < columns.length; x++) {
      const source = 3 * (start + columns[x]);
      data[target++] = photo.data[source];
      data[target++] = photo.data[source + 1];
      data[target++] = photo.data[source + 2];
    }
  }
  return { height: rows.length, width: columns.length, data };
}

/**
 * The old row or column of each new one, by the rule of `resizeNearest`.
 * @param from old rows or columns
 * @param to   new ones
 */
export function nearestIndices(from: number, to: number): Int32Array {
  const step = from / to;
  const indices = new Int32Array(to);
  // Summed up as PIL does it: multiplied out, one size in five has a pixel whose rounding falls on the other side.
  for (let i = 0, position = step / 2; i < to; i++, position += step) indices[i] = Math.floor(position);
  return indices;
}

function checkSide(name: string, side: number): void {
  if (Number.isSafeInteger(side) && side > 0) return;
  throw new InputError({
    where: name,
    found: String(side),
    expected: 'a whole number of pixels above 0',
    remedy: 'Give [height, width], such as [178, 218]',
  });
}
