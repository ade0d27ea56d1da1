/** Whether five points can be a face, for points laid by hand. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faces } from 'celeba-lab';
import { isPlausible } from 'celeba-lab/dist/faces/face-shape';

/** Eyes 40 pixels apart, the mouth so far below their middle. */
function face(below: number): faces.FivePoints {
  return [
    [80, 100],
    [120, 100],
    [100, 100 + below / 2],
    [84, 100 + below],
    [116, 100 + below],
  ];
}

test('points can be a face while the mouth lies 0.4 to 4 eye distances below the eyes', () => {
  const below = [-40, 0, 15.9, 16.1, 40, 159, 161];
  assert.deepEqual(
    below.map((px) => isPlausible(face(px))),
    [false, false, false, true, true, true, false],
  );
});

test('below the eyes is as the eyes lie: a face turned by any angle stays one, a mirrored one does not', () => {
  for (let degrees = 0; degrees < 360; degrees += 30) {
    const [a, b] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const turned = face(40).map((point) => faces.applySimilarity({ a, b, shiftX: 300, shiftY: 300 }, point));
    assert.ok(isPlausible(turned as faces.FivePoints), `${degrees} degrees`);
  }
  const [left, right, ...others] = face(40);
  assert.equal(isPlausible([right, left, ...others]), false);
});

test('points whose mouth corners are one point cannot be a face', () => {
  const [left, right, nose, corner] = face(40);
  assert.equal(isPlausible([left, right, nose, corner, [...corner]]), false);
});

test('a turn is in eye distances, or in distances from eyes to mouth where those are longer', () => {
  const turn = (eyes: number, down: number): number =>
    faces.turnOf([
      [100 - eyes / 2, 100],
      [100 + eyes / 2, 100],
      [108, 100 + down / 2],
      [90, 100 + down],
      [110, 100 + down],
    ]);
  assert.deepEqual([turn(10, 40), turn(40, 10), turn(40, 40)], [0.2, 0.2, 0.2]);
});
