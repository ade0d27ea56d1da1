/** Faces on their side and on their head, from the photograph that face-api brings along. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faces, photos } from 'celeba-lab';
import * as landmarks from 'celeba-lab/dist/faces/find-landmarks';
import { edgeLayout } from 'celeba-lab/dist/faces/photo-looks';
import { findUprightLandmarks } from 'celeba-lab/dist/faces/upright-landmarks';
import sharp from 'sharp';
import { celebaFrame } from './celeba-frame';
import { SEVERAL, WOMAN } from './real-face';

const { alignFace, applySimilarity, drawThrough, invertSimilarity } = faces;
const { findLandmarks } = landmarks;
const SIDE = 500;

/** The mean distance of `points` from where they are right, in eye distances. */
function error(points: faces.FivePoints, right: faces.FivePoints): number {
  const eyes = Math.hypot(right[0][0] - right[1][0], right[0][1] - right[1][1]);
  return points.reduce((sum, [x, y], i) => sum + Math.hypot(x - right[i][0], y - right[i][1]) / eyes / 5, 0);
}

test('a face on its side or upside down has its points where they are when it is upright', async () => {
  const photo = await photos.decodePhoto(SEVERAL);
  const finder = await faces.loadFaceFinder();
  const found = await finder.find(photo);
  assert.equal(found.length, 3);
  const layouts = found.map(({ points }) => edgeLayout(alignFace(photo, points, celebaFrame())));
  const meanEdges = layouts[0].map((_, i) => layouts.reduce((sum, layout) => sum + layout[i], 0) / layouts.length);
  const frame = { ...celebaFrame(), meanEdges };
  let misled = 0;
  for (const { box, points } of found) {
    const [u, v, side] = [box[0] + box[2] / 2, box[1] + box[3] / 2, Math.max(box[2], box[3])];
    for (const degrees of [0, 90, 180, 270]) {
      const [a, b] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      const turn = { a, b, shiftX: SIDE / 2 - a * u + b * v, shiftY: SIDE / 2 - b * u - a * v };
      const turned = drawThrough(photo, turn, SIDE, SIDE);
      const there: faces.Box = [SIDE / 2 - side / 2, SIDE / 2 - side / 2, side, side];
      const back = (seen: faces.FivePoints): faces.FivePoints =>
        seen.map((point) => applySimilarity(invertSimilarity(turn), point)) as faces.FivePoints;
      assert.ok(error(back(await findUprightLandmarks(turned, there, frame)), points) < 0.1, `${degrees} degrees`);
      misled += Number(error(back(await findLandmarks(turned, there)), points) > 0.3);
    }
  }
  // The network alone takes most of the nine that don't stand upright for faces that do.
  assert.ok(misled >= 6, `${misled} of 9`);
});

test('a finder that knows the frame leaves upright faces as they are', async () => {
  const finder = await faces.loadFaceFinder();
  assert.deepEqual(await finder.find(SEVERAL, celebaFrame()), await finder.find(SEVERAL));
});

/** One face in the middle of a square, turned, and a frame of which the face itself is the mean. */
async function turnedFace(degrees: number) {
  const woman = sharp(SEVERAL).extract(WOMAN);
  const photo = await photos.decodePhoto(await woman.png().toBuffer());
  const [{ box, points }] = await (await faces.loadFaceFinder()).find(photo);
  const meanEdges = edgeLayout(alignFace(photo, points, celebaFrame()));
  const [u, v, side] = [box[0] + box[2] / 2, box[1] + box[3] / 2, Math.max(box[2], box[3])];
  const [a, b] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const turn = { a, b, shiftX: SIDE / 2 - a * u + b * v, shiftY: SIDE / 2 - b * u - a * v };
  const there: faces.Box = [SIDE / 2 - side / 2, SIDE / 2 - side / 2, side, side];
  return { turned: drawThrough(photo, turn, SIDE, SIDE), there, meanEdges };
}

test('a turn that makes a face more like the training photos, but not as like as they are, is not taken', async () => {
  const { turned, there, meanEdges } = await turnedFace(180);
  const asFound = await findLandmarks(turned, there);
  const withLimit = (likeness: number) =>
    findUprightLandmarks(turned, there, { ...celebaFrame({ likeness }), meanEdges });
  assert.deepEqual(await withLimit(0.9), asFound);
  assert.notDeepEqual(await withLimit(0.3), asFound);
});

test('an upright face that is like the training photos is looked at in no other turn, one on its head in all', async (t) => {
  // On its head: once in each turn, and again where that came near, the right one among them.
  for (const [degrees, once, again] of [
    [0, 0, 0],
    [180, 3, 2],
  ]) {
    const { turned, there, meanEdges } = await turnedFace(degrees);
    const looks = [t.mock.method(landmarks, 'lookOnce'), t.mock.method(landmarks, 'lookAgain')];
    await findUprightLandmarks(turned, there, { ...celebaFrame(), meanEdges });
    assert.deepEqual(
      looks.map(({ mock }) => mock.callCount()),
      [once, again],
    );
    t.mock.restoreAll();
  }
});
