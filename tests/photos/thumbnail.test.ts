import { photos } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';

const picture = (width: number, height: number): sharp.Sharp =>
  sharp({ create: { width, height, channels: 4, background: { r: 200, g: 0, b: 0, alpha: 0 } } });

test('thumbnail fits a photo into the width and keeps its shape', async () => {
  const { width, height, photoWidth } = await photos.thumbnail(await picture(400, 200).png().toBuffer(), 100);
  assert.deepEqual([width, height, photoWidth], [100, 50, 400]);
});

test('thumbnail neither enlarges a small photo nor lets a scroll grow tall', async () => {
  const small = await photos.thumbnail(await picture(8, 10).png().toBuffer(), 100);
  const scroll = await photos.thumbnail(await picture(20, 2000).png().toBuffer(), 100);
  assert.deepEqual([small.width, small.height], [8, 10]);
  assert.ok(scroll.height <= 150);
});

test('thumbnail shows transparent parts white', async () => {
  const { jpeg } = await photos.thumbnail(await picture(50, 50).png().toBuffer(), 50);
  const { channels } = await sharp(jpeg).stats();
  assert.deepEqual(
    channels.map((channel) => channel.min),
    [255, 255, 255],
  );
});

test('thumbnail turns a photo as its EXIF says', async () => {
  const turned = await picture(80, 40).flatten().jpeg().withMetadata({ orientation: 6 }).toBuffer();
  const { width, height } = await photos.thumbnail(turned, 100);
  assert.deepEqual([width, height], [40, 80]);
});

test('thumbnail of a file that is no photo throws one sentence', async () => {
  await assert.rejects(photos.thumbnail(Buffer.from('no photo'), 120), /^InputError: photo: found text, not a picture/);
});

test('thumbnail shows the view that is asked for', async () => {
  // Left half red, right half blue.
  const raw = Buffer.from(Array.from({ length: 20 * 20 }, (_, i) => (i % 20 < 10 ? [255, 0, 0] : [0, 0, 255])).flat());
  const file = await sharp(raw, { raw: { width: 20, height: 20, channels: 3 } })
    .png()
    .toBuffer();
  const { jpeg } = await photos.thumbnail(file, 20, photos.MIRRORED_VIEW);
  const [red, , blue] = await sharp(jpeg).raw().toBuffer();
  assert.ok(blue > 200 && red < 60);
});

test('thumbnail draws a view that is made worse as small as training sees it, and keeps shape and width', async () => {
  const large = await picture(1780, 1090).png().toBuffer();
  const noise = { ...photos.PLAIN_VIEW, degradation: { kind: 'noise', deviation: 60 } } as const;
  const { jpeg, width, height, photoWidth } = await photos.thumbnail(large, 89, noise);
  assert.deepEqual([width, Math.round(height), photoWidth], [89, 55, 1780]);
  const { channels } = await sharp(jpeg).stats();
  // Drawn in full size the noise of hundreds of pixels would come to nothing in one.
  assert.ok(channels[0].stdev > 5, String(channels[0].stdev));
});
