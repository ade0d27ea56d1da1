/** A photo as few grey values, to compare photos by. */

import type { RgbPhoto } from './decode';

/**
 * Averages a photo in a grid of boxes, then takes off its mean and scales it to length 1, so that brightness and contrast
 * don't count and the product of two photos is their correlation.
 * @param photo   a decoded photo
 * @param columns of the grid
 * @param rows    of the grid
 * @returns       rows * columns values; all 0 where the photo is one grey
 */
export function greyPixels(photo: RgbPhoto, columns: number, rows: number): Float32Array {
  const grey = Float32Array.from(boxGreys(photo, columns, rows));
  const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
  const length = Math.sqrt(grey.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  // Rounding leaves a photo of one grey a hair's breadth of contrast.
  return length < 1e-3 ? new Float32Array(grey.length) : grey.map((value) => (value - mean) / length);
}

/**
 * Mean grey values of the boxes of a grid; a photo with fewer pixels than boxes repeats them.
 * @param photo   RGB bytes
 * @param columns of the grid
 * @param rows    of the grid
 * @returns       rows * columns values, 0 to 255
 */
export function boxGreys({ width, height, data }: RgbPhoto, columns: number, rows: number): Float64Array {
  const grey = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = bounds(row, rows, height);
    for (let column = 0; column < columns; column++) {
      const [left, right] = bounds(column, columns, width);
      let sum = 0;
      for (let y = top; y < bottom; y++) {
        for (let at = 3 * (y * width + left); at < 3 * (y * width + right); at += 3) sum += greyAt(data, at);
      }
      grey[row * columns + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return grey;
}

/**
 * Grey value of one pixel, 0 to 255: luma of Rec. 601, as JPEG itself weighs red, green and blue.
 * @param data RGB bytes
 * @param at   where the pixel's red is
 */
export function greyAt(data: Uint8Array, at: number): number {
  return 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
}

/** Pixels of one box, at least one of them. */
function bounds(box: number, boxes: number, side: number): [number, number] {
  const start = Math.floor((box * side) / boxes);
  return [start, Math.max(start + 1, Math.floor(((box + 1) * side) / boxes))];
}
