/** Sharpness, for pictures of given greys. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faces, type photos } from 'celeba-lab';

const SIDE = 24;

/** A square photo of greys. */
function square(greyOf: (i: number) => number): photos.RgbPhoto {
  const data = Uint8Array.from({ length: 3 * SIDE * SIDE }, (_, i) => greyOf(Math.floor(i / 3)));
  return { width: SIDE, height: SIDE, data };
}

test('sharpnessOf is the same for a brighter photo of half the contrast', () => {
  const value = (i: number): number => 2 * ((37 * i) % 101);
  const [clear, dull] = [value, (i: number) => 50 + value(i) / 2].map((greyOf) => faces.sharpnessOf(square(greyOf)));
  assert.ok(clear > 1, String(clear));
  assert.ok(Math.abs(clear - dull) < 1e-9, `${clear} ${dull}`);
});
