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
  const sum: Sum = { red: 0, green: 0, blue: 0 };
  const count = samples * samples;
  for (let y = 0, target = 0; y < height; y++) {
    for (let x = 0; x < width; x++, target += 3) {
      sum.red = sum.green = sum.blue = 0;
      for (let i = 0; i < samples; i++) {
        const v = y + (i + 0.5) / samples;
        for (let j = 0; j < samples; j++) {
          const u = x + (j + 0.5) / samples;
          addSample(photo, back.a * u - back.b * v + back.shiftX, back.b * u + back.a * v + back.shiftY, sum);
        }
      }
      data[target] = Math.round(sum.red / count);
      data[target + 1] = Math.round(sum.green / count);
      data[target + 2] = Math.round(sum.blue / count);
    }
  }
  return { height, width, data };
}

interface Sum {
  red: number;
  green: number;
  blue: number;
}

// Without arrays and loops: this runs some hundred thousand times a face.
function addSample({ width, height, data }: RgbPhoto, x: number, y: number, sum: Sum): void {
  const column = Math.min(width - 1, Math.max(0, x - 0.5));
  const row = Math.min(height - 1, Math.max(0, y - 0.5));
  const left = Math.floor(column);
  const top = Math.floor(row);
  const right = column - left;
  const below = row - top;
  const at = 3 * (top * width + left);
  const beside = at + (left + 1 < width ? 3 : 0);
  const under = at + (top + 1 < height ? 3 * width : 0);
  const across = under + beside - at;
  sum.red += between(data[at], data[beside], data[under], data[across], right, below);
  sum.green += between(data[at + 1], data[beside + 1], data[under + 1], data[across + 1], right, below);
  sum.blue += between(data[at + 2], data[beside + 2], data[under + 2], data[across + 2], right, below);
}

/** Bilinear, between four pixels. */
function between(a: number, b: number, c: number, d: number, right: number, below: number): number {
  const upper = a * (1 - right) + b * right;
  const lower = c * (1 - right) + d * right;
  return upper * (1 - below) + lower * below;
}
