/** Small faces in large photos, and things that only look like faces, from the photograph that face-api brings along. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faces, photos } from 'celeba-lab';
import { detectFaces } from 'celeba-lab/dist/faces/detect-faces';
import sharp from 'sharp';
import { SEVERAL, WOMAN } from './real-face';

// Of her face, in the part of the photograph that shows the woman.
const MIDDLE = [301, 272];
// Her face is about 60 pixels wide then.
const SMALL = 0.26;

interface Place {
  left: number;
  top: number;
  share: number;
}

/** The woman, so large that 520 pixels of the photo are `share` times as many; her face is then 230 times `share` wide. */
function woman(share: number): Promise<Buffer> {
  const width = Math.round(share * WOMAN.width);
  return sharp(SEVERAL).extract(WOMAN).resize({ width }).png().toBuffer();
}

/** A grey photo with the woman in it, once for each place. */
async function onCanvas(width: number, height: number, ...places: Place[]): Promise<photos.RgbPhoto> {
  const canvas = sharp({ create: { width, height, channels: 3, background: '#888' } });
  const layers = places.map(async ({ left, top, share }) => ({ input: await woman(share), left, top }));
  return photos.decodePhoto(
    await canvas
      .composite(await Promise.all(layers))
      .png()
      .toBuffer(),
  );
}

/** Asserts that a found face lies where the woman's was put, and is as large. */
function assertLies({ box: [x, y, width, height] }: faces.DetectedFace, { left, top, share }: Place): void {
  const expected = 230 * share;
  assert.ok(width > 0.65 * expected && width < 1.35 * expected, `${width} instead of ${expected} wide`);
  const middle = [left + share * MIDDLE[0], top + share * MIDDLE[1]];
  const distance = Math.hypot(x + width / 2 - middle[0], y + height / 2 - middle[1]);
  assert.ok(distance < 0.25 * expected, `${distance.toFixed(1)} pixels from the face`);
}

// The parts overlap: two of them show the one place, four the other.
for (const [where, left, top] of [
  ['at the right edge', 1700, 900],
  ['in the middle', 900, 900],
] as const) {
  test(`a face of 60 pixels ${where} of a photo of 2,000 is found once, in its place`, async () => {
    const place = { left, top, share: SMALL };
    const found = await detectFaces(await onCanvas(2000, 2000, place));
    assert.equal(found.length, 1);
    assertLies(found[0], place);
  });
}

test('in a large photo of a group each face is found once, the small ones beside those seen at first, the largest first', async () => {
  const places = [
    { left: 300, top: 1500, share: 1 },
    { left: 2000, top: 400, share: 0.4 },
    { left: 3400, top: 2200, share: 0.3 },
    { left: 1100, top: 100, share: 0.22 },
  ];
  const found = await detectFaces(await onCanvas(4000, 3000, ...places));
  assert.equal(found.length, places.length);
  places.forEach((place, i) => assertLies(found[i], place));
});

test('beside a face of an eighth of the photo nobody looks for small ones', async () => {
  const [large, small] = [
    { left: 100, top: 100, share: 1.6 },
    { left: 1000, top: 1500, share: SMALL },
  ];
  assert.equal((await detectFaces(await onCanvas(2000, 2000, small))).length, 1);
  const found = await detectFaces(await onCanvas(2000, 2000, large, small));
  assert.equal(found.length, 1);
  assertLies(found[0], large);
});

test('what the detector takes for a face is none where its eyes and mouth cannot be those of one', async () => {
  const face = sharp(SEVERAL).extract({ left: 400, top: 340, width: 200, height: 260 });
  const photo = await photos.decodePhoto(await face.resize(600, 260, { fit: 'fill' }).png().toBuffer());
  const detected = await detectFaces(photo);
  assert.equal(detected.length, 1);
  assert.ok(detected[0].score > 0.8);
  assert.deepEqual(await (await faces.loadFaceFinder()).find(photo), []);
});

test('a tight crop, in which no face is found at first, shows its face within a border', async () => {
  const crop = sharp(SEVERAL).extract({ left: 396, top: 402, width: 150, height: 180 });
  const found = await detectFaces(await photos.decodePhoto(await crop.png().toBuffer()));
  assert.equal(found.length, 1);
  // Of the photo, not of the bordered picture: the face fills it.
  const [x, y, width, height] = found[0].box;
  assert.ok(Math.hypot(x + width / 2 - 86, y + height / 2 - 88) < 15, found[0].box.join());
  assert.ok(width > 120 && width < 170 && height > 145 && height < 205, found[0].box.join());
});

test('in a photo of a group of 150 pixels each of the three faces is found', async () => {
  const found = await detectFaces(
    await photos.decodePhoto(await sharp(SEVERAL).resize({ width: 150 }).png().toBuffer()),
  );
  assert.equal(found.length, 3);
});
