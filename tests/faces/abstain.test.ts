/** Reasons not to answer, on the photographs that face-api brings for its demonstration, changed so that each applies. */

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { faces, type model, photos } from 'celeba-lab';
import sharp from 'sharp';
import { oneWoman } from './real-face';

let finder: faces.FaceFinder;
let one: Buffer;
/** A frame measured on the photo itself: whatever is as sharp, as frontal and as alike is answered. */
let frame: model.FaceFrame;

before(async () => {
  finder = await faces.loadFaceFinder();
  one = await oneWoman();
  const points: faces.FivePoints = [
    [69, 111],
    [108, 111],
    [88, 136],
    [72, 152],
    [105, 152],
  ];
  const size = { width: 178, height: 218, points, spreadPx: 3, photoCount: 1, faceCount: 1 };
  const limits = { offsetPx: 6, scale: 1.12, turn: 9, sharpness: 0, likeness: -1 };
  frame = { ...size, limits, meanEdges: new Array<number>(480).fill(0) };
  const face = await readFace(one);
  const turn = faces.turnOf(face.points) + 0.05;
  const measured = { turn, sharpness: 0.7 * faces.sharpnessOf(face.aligned), likeness: 0.5 };
  frame = { ...frame, limits: { ...limits, ...measured }, meanEdges: faces.edgeLayout(face.aligned) };
});

type Face = Omit<faces.ReadFace, 'points'> & { points: faces.FivePoints };

async function readFace(photo: Buffer): Promise<Face> {
  const read = await faces.readPhoto(finder, await photos.decodePhoto(photo), { frame, format: photos.ARTICLE_FORMAT });
  assert.equal(read.faces.length, 1);
  assert.equal(read.faces[0].points.length, 5);
  return read.faces[0] as Face;
}

test('a face like the training photos has no fault', async () => {
  assert.equal(faces.faultOf(await readFace(one), frame), undefined);
});

test('a face hardly too small is said to be smaller than the limit', async () => {
  const face = await readFace(one);
  const small = { ...face, box: [0, 0, 39.6, 60] as faces.Box };
  assert.equal(faces.faultOf(small, frame), 'the face is only 39 pixels across: under 40');
});

test('a blurred face is not answered, with that reason', async () => {
  assert.equal(faces.faultOf(await readFace(await sharp(one).blur(5).png().toBuffer()), frame), 'the face is blurred');
});

test('a face turned aside is not answered, with that reason', async () => {
  const face = await readFace(one);
  const [left, right, [, noseY], ...mouth] = face.points;
  const aside = { ...face, points: [left, right, [right[0], noseY], ...mouth] as faces.FivePoints };
  assert.equal(faces.faultOf(aside, frame), 'the face is turned away');
});

test('a face that looks like no training photo is not answered, with that reason', async () => {
  const face = await readFace(one);
  const { width, height } = face.aligned;
  const stripes = Uint8Array.from({ length: 3 * width * height }, (_, i) =>
    Math.floor(i / 3 / width) % 16 < 8 ? 30 : 220,
  );
  const strange = { ...face, aligned: { width, height, data: stripes } };
  assert.equal(faces.faultOf(strange, frame), 'far from the training photos');
});

test('the shorter side of a box tells how small a face is, whichever it is', async () => {
  const face = await readFace(one);
  for (const box of [
    [0, 0, 60, 39.6],
    [0, 0, 39.6, 60],
  ])
    assert.match(faces.faultOf({ ...face, box: box as faces.Box }, frame) ?? '', /39 pixels.*under 40/);
});

test('a face of which an eye, the nose or the mouth lies beyond the border is not answered, with that reason', async () => {
  const { width = 0 } = await sharp(one).metadata();
  const [[, eyes], , , [, mouth]] = (await readFace(one)).points;
  const height = Math.round((eyes + mouth) / 2);
  const half = await sharp(one).extract({ left: 0, top: 0, width, height }).png().toBuffer();
  const read = await faces.readPhoto(finder, await photos.decodePhoto(half), { frame, format: photos.ARTICLE_FORMAT });
  assert.deepEqual(
    read.faces.map((face) => faces.faultOf(face, frame)),
    ['part of the face lies outside the photo'],
  );
  assert.equal(faces.faultOf(await readFace(one), frame), undefined);
});
