/** Alignment: a known turn, scale and shift is found again, and the photo is drawn where it says. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faces, type photos } from 'celeba-lab';

const { alignFace, applySimilarity, drawThrough, fitSimilarity, invertSimilarity } = faces;

const FRAME: faces.FivePoints = [
  [69, 111],
  [108, 111],
  [88, 136],
  [72, 152],
  [105, 152],
];
const KNOWN = { a: 1.7 * Math.cos(0.3), b: 1.7 * Math.sin(0.3), shiftX: 90, shiftY: 40 };

function near([x, y]: readonly number[], [u, v]: readonly number[], within: number): void {
  assert.ok(Math.hypot(x - u, y - v) < within, `${x}, ${y} is not within ${within} of ${u}, ${v}`);
}

/** Black, with a white square of 7 pixels round each point. */
function dotted(width: number, height: number, points: readonly (readonly number[])[]): photos.RgbPhoto {
  const data = new Uint8Array(width * height * 3);
  for (const [x, y] of points)
    for (let row = -3; row <= 3; row++)
      for (let column = -3; column <= 3; column++)
        data.fill(
          255,
          3 * ((Math.floor(y) + row) * width + Math.floor(x) + column),
          3 * ((Math.floor(y) + row) * width + Math.floor(x) + column) + 3,
        );
  return { width, height, data };
}

/** Middle of the light within 10 pixels of a place. */
function lightNear({ width, data }: photos.RgbPhoto, [x, y]: readonly number[]): [number, number] {
  let [sum, across, down] = [0, 0, 0];
  for (let row = Math.floor(y) - 10; row < y + 10; row++)
    for (let column = Math.floor(x) - 10; column < x + 10; column++) {
      const light = data[3 * (row * width + column)];
      [sum, across, down] = [sum + light, across + light * (column + 0.5), down + light * (row + 0.5)];
    }
  return [across / sum, down / sum];
}

test('fitSimilarity finds a known turn, scale and shift exactly, and its inverse leads back', () => {
  const moved = FRAME.map((point) => applySimilarity(KNOWN, point));
  const found = fitSimilarity(FRAME, moved);
  for (const key of ['a', 'b', 'shiftX', 'shiftY'] as const) assert.ok(Math.abs(found[key] - KNOWN[key]) < 1e-9, key);
  moved.forEach((point, i) => near(applySimilarity(invertSimilarity(found), point), FRAME[i], 1e-9));
});

test('alignFace brings the points of a turned and enlarged face within 1 pixel of the frame', () => {
  const points = FRAME.map((point) => applySimilarity(KNOWN, point)) as faces.FivePoints;
  const aligned = alignFace(dotted(420, 460, points), points, { width: 178, height: 218, points: FRAME });
  assert.deepEqual([aligned.width, aligned.height], [178, 218]);
  FRAME.forEach((point) => near(lightNear(aligned, point), point, 1));
});

test('drawThrough changes nothing where nothing is turned, scaled or moved', () => {
  const photo = dotted(40, 30, [[12, 11]]);
  assert.deepEqual(drawThrough(photo, { a: 1, b: 0, shiftX: 0, shiftY: 0 }, 30, 40).data, photo.data);
});

test('beyond the photo its border pixels go on', () => {
  const photo = { width: 2, height: 1, data: Uint8Array.from([10, 20, 30, 90, 80, 70]) };
  const { data } = drawThrough(photo, { a: 1, b: 0, shiftX: 2, shiftY: 1 }, 3, 6);
  const row = [10, 20, 30, 10, 20, 30, 10, 20, 30, 90, 80, 70, 90, 80, 70, 90, 80, 70];
  assert.deepEqual([...data], [...row, ...row, ...row]);
});

test('a photo that shrinks is averaged: a fine pattern becomes grey', () => {
  const data = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (Math.floor(i / 3) % 2 === 0 ? 0 : 200));
  const small = drawThrough({ width: 64, height: 64, data }, { a: 0.25, b: 0, shiftX: 0, shiftY: 0 }, 16, 16);
  assert.ok(small.data.slice(3 * 17, 3 * 30).every((value) => Math.abs(value - 100) < 8));
});

test('fitSimilarity refuses points that are all the same', () => {
  assert.throws(
    () =>
      fitSimilarity(
        [
          [1, 1],
          [1, 1],
        ],
        [
          [0, 0],
          [1, 1],
        ],
      ),
    /^InputError: fitSimilarity: found 2 and 2 points, expected .* at least two that differ/,
  );
});

test('fitSimilarity refuses more points of one photo than of the other, or none, with one sentence', () => {
  const counts = [
    [3, 2],
    [2, 3],
    [0, 0],
  ];
  for (const [from, to] of counts)
    assert.throws(() => fitSimilarity(FRAME.slice(0, from), FRAME.slice(0, to)), {
      name: 'InputError',
      message: new RegExp(`^fitSimilarity: found ${from} and ${to} points, expected as many of both`),
    });
});

test('a photo that shrinks to an eighth is averaged whole: stripes as wide as half a pixel become even grey', () => {
  // The middle of each new pixel lies within a light stripe.
  const data = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (Math.floor((Math.floor(i / 3) + 2) / 4) % 2) * 200);
  const small = drawThrough({ width: 64, height: 64, data }, { a: 0.125, b: 0, shiftX: 0, shiftY: 0 }, 8, 8);
  assert.deepEqual([...small.data], new Array<number>(8 * 8 * 3).fill(100));
});

test('drawThrough rounds to the nearest value: half between 10 and 11 is 11', () => {
  const photo = { width: 2, height: 1, data: Uint8Array.from([10, 10, 10, 11, 11, 11]) };
  const { data } = drawThrough(photo, { a: 1, b: 0, shiftX: -0.5, shiftY: 0 }, 1, 1);
  assert.deepEqual([...data], [11, 11, 11]);
});
