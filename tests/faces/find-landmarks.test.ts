/** How steady the five points are, on the three faces of the photograph that face-api brings along. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faces, photos } from 'celeba-lab';
import { findLandmarks } from 'celeba-lab/dist/faces/find-landmarks';
import { SEVERAL } from './real-face';

const { applySimilarity, drawThrough, invertSimilarity } = faces;
const SIDE = 500;
const EYES_AND_MOUTH = [0, 1, 3, 4];
const TURNS = [-10, 0, 10];
// Of the box's side: across, down, growth.
const MOVES = [
  [0.06, 0, 1],
  [-0.06, 0, 1],
  [0, 0.06, 1],
  [0, 0, 1.1],
];

/** The points of a face, in the photo's pixels, as they are found when photo and box are turned and moved. */
async function looks(photo: photos.RgbPhoto, [x, y, width, height]: faces.Box): Promise<faces.FivePoints[]> {
  const found: faces.FivePoints[] = [];
  const [u, v, side] = [x + width / 2, y + height / 2, Math.max(width, height)];
  for (const degrees of TURNS) {
    const [a, b] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const turn = { a, b, shiftX: SIDE / 2 - a * u + b * v, shiftY: SIDE / 2 - b * u - a * v };
    const turned = drawThrough(photo, turn, SIDE, SIDE);
    for (const [across, down, growth] of MOVES) {
      const corner = (moved: number): number => SIDE / 2 + side * (moved - growth / 2);
      const points = await findLandmarks(turned, [corner(across), corner(down), side * growth, side * growth]);
      found.push(points.map((point) => applySimilarity(invertSimilarity(turn), point)) as faces.FivePoints);
    }
  }
  return found;
}

/** Root of the mean square distance of eyes and mouth corners from their mean places, in eye distances. */
function spreadOf(found: faces.FivePoints[], eyeDistance: number): number {
  const squares = EYES_AND_MOUTH.flatMap((i) => {
    const [x, y] = [0, 1].map((axis) => found.reduce((sum, points) => sum + points[i][axis], 0) / found.length);
    return found.map((points) => (points[i][0] - x) ** 2 + (points[i][1] - y) ** 2);
  });
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length) / eyeDistance;
}

test('eyes and mouth stay within 3 % of the eye distance when photo and box are turned and moved a little', async () => {
  const photo = await photos.decodePhoto(SEVERAL);
  const found = await (await faces.loadFaceFinder()).find(photo);
  assert.equal(found.length, 3);
  for (const { box, points } of found) {
    const [left, right] = points;
    const spread = spreadOf(await looks(photo, box), Math.hypot(left[0] - right[0], left[1] - right[1]));
    // Found in two looks it is 1.2 to 2.4 %; one look gives 3.2 to 11 %.
    assert.ok(spread < 0.03, `${(100 * spread).toFixed(1)} %`);
  }
});
