/** A photo seen through a similarity, such as a face turned upright. */

import type { RgbPhoto } from '../photos/decode';
import { invertSimilarity, type Similarity } from './similarity';

// Samples a side of each new pixel, where the photo shrinks; beyond, a face is far larger than any training photo.
const MOST_SAMPLES = 8;

/**
 * Draws a photo turned, scaled and moved. Bilinear; where the photo shrinks, each new pixel is the mean of a grid of such
 * samples, so that nothing flickers. Beyond the photo's border its border pixels go on, as in CelebA's aligned photos.
 * @param photo   RGB bytes
 * @param forward from places in the photo to places in the result; pixel i reaches from i to i + 1
 * @param height  rows of the result, in pixels
 * @param width   columns of the result, in pixels
 * @returns       a new photo
 * @source        streaks at the border of CelebA's aligned photos: github.com/LynnHo/HD-CelebA-Cropper, mode 'edge'
 */
export function drawThrough(photo: RgbPhoto, forward: Similarity, height: number, width: number): RgbPhoto {
  const back = invertSimilarity(forward);
  const samples = Math.min(MOST_SAMPLES, Math.max(1, Math.ceil(Math.hypot(back.a, back.b) - 0.01)));
  const data = new Uint8Array(height * width * 3);
  const sums = new Float64Array(width * 3);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let i = 0; i < samples; i++) {
      const v = y + (i + 0.5) / samples;
      for (let j = 0; j < samples; j++) addRow(photo, back, (j + 0.5) / samples, v, sums);
    }
    // What is kept of it is its whole part; Math.round would take as long as a sample.
    for (let k = 0, at = 3 * width * y; k < sums.length; k++, at++) data[at] = sums[k] / (samples * samples) + 0.5;
  }
  return { height, width, data };
}

/**
 * Adds a sample of the photo to each pixel of a row. Its loop runs some hundred thousand times a face: numbers and typed arrays alone.
 * @param back from places in the result to places in the photo
 * @param u    of the sample in the first pixel
 * @param v    of all of them
 * @param sums red, green, blue of each pixel
 */
function addRow(photo: RgbPhoto, back: Similarity, u: number, v: number, sums: Float64Array): void {
  const { width, height, data } = photo;
  const { a, b } = back;
  const [startX, startY] = [back.shiftX - b * v - 0.5, back.shiftY + a * v - 0.5];
  for (let k = 0; k < sums.length; k += 3, u++) {
    const column = Math.min(width - 1, Math.max(0, a * u + startX));
    const row = Math.min(height - 1, Math.max(0, b * u + startY));
    const left = Math.floor(column);
    const top = Math.floor(row);
    const at = 3 * (top * width + left);
    const beside = at + (left + 1 < width ? 3 : 0);
    const under = at + (top + 1 < height ? 3 * width : 0);
    const across = under + beside - at;
    // Bilinear: how much of each of the four.
    const most = (column - left) * (row - top);
    const right = column - left - most;
    const below = row - top - most;
    const here = 1 - right - below - most;
    sums[k] += data[at] * here + data[beside] * right + data[under] * below + data[across] * most;
    sums[k + 1] += data[at + 1] * here + data[beside + 1] * right + data[under + 1] * below + data[across + 1] * most;
    sums[k + 2] += data[at + 2] * here + data[beside + 2] * right + data[under + 2] * below + data[across + 2] * most;
  }
}
