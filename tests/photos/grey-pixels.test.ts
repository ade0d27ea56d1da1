import assert from 'node:assert/strict';
import { test } from 'node:test';
import { photos } from 'celeba-lab';
import { boxGreys } from 'celeba-lab/dist/photos/grey-pixels';

/** A photo of greys, row by row. */
function greys(width: number, height: number, values: number[]): photos.RgbPhoto {
  return { width, height, data: Uint8Array.from(values.flatMap((value) => [value, value, value])) };
}

test('greyPixels averages boxes, takes off the mean and scales to length 1', () => {
  const pixels = photos.greyPixels(greys(4, 2, [0, 20, 100, 120, 0, 20, 100, 120]), 2, 1);
  assert.ok(Math.abs(pixels[0] + Math.SQRT1_2) < 1e-6 && Math.abs(pixels[1] - Math.SQRT1_2) < 1e-6, pixels.join());
});

test('greyPixels is the same for a brighter photo of less contrast', () => {
  const values = [10, 60, 200, 30];
  const dull = values.map((value) => 100 + value / 2);
  const [first, second] = [values, dull].map((photo) => photos.greyPixels(greys(2, 2, photo), 2, 2));
  assert.ok(first.every((value, i) => Math.abs(value - second[i]) < 1e-2));
});

test('greyPixels of one grey is all 0, also where the grid is finer than the photo', () => {
  assert.deepEqual([...photos.greyPixels(greys(2, 2, [7, 7, 7, 7]), 3, 3)], new Array(9).fill(0));
});

test('boxGreys weighs red, green and blue as JPEG does', () => {
  const data = Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255]);
  const found = [...boxGreys({ width: 3, height: 1, data }, 3, 1)];
  assert.deepEqual(found, [0.299 * 255, 0.587 * 255, 0.114 * 255]);
});
