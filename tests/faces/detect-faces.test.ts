/** Small faces in large photos, and things that only look like faces, from the photograph that face-api brings along. */

import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { faces, photos } from 'celeba-lab';
import { detectFaces } from 'celeba-lab/dist/faces/detect-faces';
import sharp from 'sharp';

const SEVERAL = join(dirname(require.resolve('@vladmandic/face-api/package.json')), 'demo', 'sample1.jpg');
// The woman on the left, with room around her, and the middle of her face in it.
const CUT = { left: 200, top: 200, width: 520, height: 640 };
const MIDDLE = [301, 272];
// Her face is about 60 pixels wide then.
const SMALL = 0.26;

let small: Buffer;
before(async () => {
  small = await sharp(SEVERAL)
    .extract(CUT)
    .resize({ width: Math.round(SMALL * CUT.width) })
    .png()
    .toBuffer();
});

async function onCanvas(left: number, top: number, side: number): Promise<photos.RgbPhoto> {
  const canvas = sharp({ create: { width: side, height: side, channels: 3, background: '#888' } });
  return photos.decodePhoto(
    await canvas
      .composite([{ input: small, left, top }])
      .png()
      .toBuffer(),
  );
}

// The parts overlap: two of them show the one place, all four the other.
for (const [where, left, top] of [
  ['at the right edge', 1700, 900],
  ['in the middle', 900, 900],
] as const) {
  test(`a face of 60 pixels ${where} of a photo of 2,000 is found once, in its place`, async () => {
    const found = await detectFaces(await onCanvas(left, top, 2000));
    assert.equal(found.length, 1);
    const [x, y, width, height] = found[0].box;
    assert.ok(width > 40 && width < 80 && height > 40 && height < 90, `${width} x ${height}`);
    const middle = [left + SMALL * MIDDLE[0], top + SMALL * MIDDLE[1]];
    const distance = Math.hypot(x + width / 2 - middle[0], y + height / 2 - middle[1]);
    assert.ok(distance < 15, `${distance.toFixed(1)} pixels from the face`);
  });
}

test('what the detector takes for a face is none where its eyes and mouth cannot be those of one', async () => {
  const face = sharp(SEVERAL).extract({ left: 400, top: 340, width: 200, height: 260 });
  const photo = await photos.decodePhoto(await face.resize(600, 260, { fit: 'fill' }).png().toBuffer());
  const detected = await detectFaces(photo);
  assert.equal(detected.length, 1);
  assert.ok(detected[0].score > 0.8);
  assert.deepEqual(await (await faces.loadFaceFinder()).find(photo), []);
});
