import assert from 'node:assert/strict';
import { test } from 'node:test';
import { photos } from 'celeba-lab';

const WIDTH = 80;
const HEIGHT = 40;

/** Left half red, right half blue. */
function twoHalves(): Promise<Uint8Array> {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let i = 0; i < WIDTH * HEIGHT; i++) data[3 * i + (i % WIDTH < WIDTH / 2 ? 0 : 2)] = 255;
  return photos.encodeJpeg({ data, width: WIDTH, height: HEIGHT });
}

/** Red, green, blue at a place, rounded to 0, 128 or 255. */
function colorAt({ data, width }: photos.RgbPhoto, x: number, y: number): number[] {
  const at = 3 * (y * width + x);
  return [...data.slice(at, at + 3)].map((value) => (value < 64 ? 0 : value < 192 ? 128 : 255));
}

test('turnedPhoto turns clockwise: what was left is on top after a quarter', async () => {
  const turned = await photos.decodePhoto(await photos.turnedPhoto(await twoHalves(), 90));
  assert.deepEqual([turned.width, turned.height], [HEIGHT, WIDTH]);
  assert.deepEqual(colorAt(turned, 20, 10), [255, 0, 0]);
  assert.deepEqual(colorAt(turned, 20, 70), [0, 0, 255]);
});

test('turnedPhoto loses no corner: it grows, and what is beyond the photo is grey', async () => {
  const turned = await photos.decodePhoto(await photos.turnedPhoto(await twoHalves(), -30));
  assert.ok(turned.width > WIDTH && turned.height > HEIGHT, `${turned.width} x ${turned.height}`);
  assert.deepEqual(colorAt(turned, 2, 2), [128, 128, 128]);
});
