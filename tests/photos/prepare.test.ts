import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { photos } from 'celeba-lab';
import { plain } from './write-photos';

interface KerasPhotos {
  pictures: Record<string, Record<'article' | 'trueShape', { sha256: string; first: number[] }>>;
}

// Made by tests/parity/keras_photos.py.
const FIXTURES = join(__dirname, 'fixtures');
const KERAS = JSON.parse(readFileSync(join(FIXTURES, 'keras-photos.json'), 'utf8')) as KerasPhotos;
const FORMATS = { article: photos.ARTICLE_FORMAT, trueShape: photos.formatOf('true') };

for (const [picture, sizes] of Object.entries(KERAS.pictures)) {
  for (const [size, expected] of Object.entries(sizes)) {
    test(`preparePhoto gives bit for bit what Keras gives: ${picture}, ${size}`, async () => {
      const pixels = await photos.preparePhoto(join(FIXTURES, picture), FORMATS[size as keyof typeof FORMATS]);
      assert.deepEqual([...pixels.subarray(0, 3)], expected.first);
      assert.equal(createHash('sha256').update(pixels).digest('hex'), expected.sha256);
    });
  }
}

test('preparePhoto gives height x width x 3 values: blue, green, red minus their means', async () => {
  const red = await plain(20, 30, [255, 0, 0]).png().toBuffer();
  const pixels = await photos.preparePhoto(red, photos.ARTICLE_FORMAT);
  assert.equal(pixels.length, 178 * 218 * 3);
  assert.deepEqual([...pixels.subarray(0, 3)], [0 - 103.939, 0 - 116.779, 255 - 123.68].map(Math.fround));
});

test('preparePhoto gives the same for a path and for its bytes', async () => {
  const file = join(FIXTURES, 'small.png');
  const fromPath = await photos.preparePhoto(file, photos.ARTICLE_FORMAT);
  assert.deepEqual(await photos.preparePhoto(readFileSync(file), photos.ARTICLE_FORMAT), fromPath);
});

const JPEG = Object.keys(KERAS.pictures).find((picture) => picture.endsWith('.jpg')) ?? '';
for (const view of [photos.MIRRORED_VIEW, photos.MOVED_VIEWS[0], ...photos.DEGRADED_VIEWS]) {
  test(`preparePhoto of a plain JPEG in the view "${view.name}" gives that view's pixels`, async () => {
    const photo = await photos.decodePhoto(join(FIXTURES, JPEG));
    const format = photos.ARTICLE_FORMAT;
    const seen = await photos.drawView(photo, format.height, format.width, view);
    const pixels = await photos.preparePhoto(join(FIXTURES, JPEG), format, view);
    assert.deepEqual(pixels, photos.preprocessPhoto(seen, format));
  });
}
