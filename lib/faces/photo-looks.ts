/** How a face photo looks as a whole: how much detail it has, and how alike the mean training photo it is. */

import type { RgbPhoto } from '../photos/decode';

/** Rows and columns of the small grey picture that photos are compared by. */
export const SMALL_ROWS = 24;
export const SMALL_COLUMNS = 20;

/**
 * How much fine detail the middle of a photo has, beside its coarse light and dark. Compare only photos of one size.
 * @param photo RGB bytes, an aligned face
 * @returns     standard deviation of the Laplacian of the grey values over their own; about .05 for a blurred face, .3 for a clear one
 * @source      J. L. Pech-Pacheco et al., Diatom autofocusing in brightfield microscopy, ICPR 2000 (variance of the Laplacian)
 */
export function sharpnessOf({ width, height, data }: RgbPhoto): number {
  const grey = (x: number, y: number): number => greyAt(data, 3 * (y * width + x));
  const values: number[] = [];
  const edges: number[] = [];
  const [left, top] = [Math.max(1, Math.floor(width / 6)), Math.max(1, Math.floor(height / 6))];
  for (let y = top; y < height - top; y++) {
    for (let x = left; x < width - left; x++) {
      const here = grey(x, y);
      values.push(here);
      edges.push(grey(x - 1, y) + grey(x + 1, y) + grey(x, y - 1) + grey(x, y + 1) - 4 * here);
    }
  }
  return deviation(edges) / Math.max(1, deviation(values));
}

/**
 * A photo as a few grey values without its brightness and contrast.
 * @param photo RGB bytes
 * @returns     SMALL_ROWS x SMALL_COLUMNS values, row by row, mean 0, standard deviation 1 (all 0 for an even picture)
 */
export function smallGrey({ width, height, data }: RgbPhoto): number[] {
  const sums = new Float64Array(SMALL_ROWS * SMALL_COLUMNS);
  const counts = new Float64Array(sums.length);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * SMALL_ROWS) / height) * SMALL_COLUMNS;
    for (let x = 0; x < width; x++) {
      const cell = row + Math.floor((x * SMALL_COLUMNS) / width);
      sums[cell] += greyAt(data, 3 * (y * width + x));
      counts[cell]++;
    }
  }
  return standardized(Array.from(sums, (sum, i) => sum / Math.max(1, counts[i])));
}

/**
 * How alike a photo is to the mean training photo: correlation of their small grey pictures.
 * @param photo     RGB bytes, an aligned face
 * @param meanPhoto rows of the mean training photo, as a frame keeps it
 * @returns         -1 to 1; faces in the frame mostly above .4, other things about 0
 */
export function likenessOf(photo: RgbPhoto, meanPhoto: number[][]): number {
  const mean = standardized(meanPhoto.flat());
  const small = smallGrey(photo);
  return small.reduce((sum, value, i) => sum + value * mean[i], 0) / small.length;
}

/** Shifted and scaled to mean 0 and standard deviation 1. */
export function standardized(values: number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = deviation(values);
  return values.map((value) => (spread > 0 ? (value - mean) / spread : 0));
}

// ITU-R BT.601.
function greyAt(data: Uint8Array, at: number): number {
  return 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
