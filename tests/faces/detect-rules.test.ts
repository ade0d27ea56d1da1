/** Which of the boxes that the detector gives are kept, for boxes laid by hand. */

import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { faces } from 'celeba-lab';
import { detectFaces } from 'celeba-lab/dist/faces/detect-faces';
import * as faceApi from 'celeba-lab/dist/faces/face-api';

/** The boxes found where the first look shows these, the second those, and so on, in pixels of what is looked at. */
async function kept(t: TestContext, width: number, height: number, side: number, looks: faces.Box[][]) {
  const waiting = [...looks];
  const detect: faces.FaceNetworks['detect'] = () =>
    (waiting.shift() ?? []).map(([x, y, w, h], i) => ({
      edges: [y / side, x / side, (y + h) / side, (x + w) / side],
      score: 0.9 - i / 10,
    }));
  t.mock.method(faceApi, 'loadFaceNetworks', () => Promise.resolve({ detect }));
  const found = await detectFaces({ width, height, data: new Uint8Array(3 * width * height) });
  t.mock.restoreAll();
  assert.deepEqual(waiting, []);
  return found.map(({ box }) => box.map((value) => Math.round(value)));
}

test('a box within a surer one is the same face, one that shares less than most of it is another', async (t) => {
  const large: faces.Box = [100, 100, 200, 200];
  assert.deepEqual(await kept(t, 600, 600, 600, [[large, [150, 150, 90, 90]]]), [large]);
  const beside: faces.Box = [240, 150, 100, 100];
  assert.deepEqual(await kept(t, 600, 600, 600, [[large, beside]]), [large, beside]);
});

test('a photo smaller than the detector takes is looked at in its own size, in the corner of what it takes', async (t) => {
  const face: faces.Box = [40, 50, 100, 150];
  assert.deepEqual(await kept(t, 178, 218, 256, [[face]]), [face]);
  assert.deepEqual(await kept(t, 400, 300, 512, [[face]]), [face]);
});

test('a small photo whose faces are small is looked at enlarged, too, and each face is found once', async (t) => {
  const [seen, unseen]: faces.Box[] = [
    [10, 20, 40, 50],
    [90, 20, 20, 25],
  ];
  // The second look shows 200 pixels on all of its side, the first 256.
  const first = seen.map((value) => (value * 200) / 256) as faces.Box;
  assert.deepEqual(await kept(t, 200, 150, 200, [[first], [seen, unseen]]), [seen, unseen]);
});

// A photo of 700 by 2,200 is looked at in two parts of 1,144, the second from 1,056 on.
const [SHORT, LONG, PART, START] = [700, 2200, 1144, 1056];
const turned = ([x, y, width, height]: number[]): faces.Box => [y, x, height, width];

for (const [what, first, second, expected] of [
  ['begins', [300, 1000, 70, 80], [300, 0, 70, 80], [300, 1000, 70, 80]],
  ['ends', [300, 1064, 70, 80], [300, 54, 70, 80], [300, START + 54, 70, 80]],
] as const) {
  test(`a face of which one part shows only a piece, which ${what} at its edge, is found once, in the other`, async (t) => {
    const looks = [[], [], [[...first] as faces.Box], [[...second] as faces.Box]];
    assert.deepEqual(await kept(t, SHORT, LONG, PART, looks), [expected]);
    const aside = looks.map((boxes) => boxes.map(turned));
    assert.deepEqual(await kept(t, LONG, SHORT, PART, aside), [turned([...expected])]);
  });
}

test("a face at the photo's own edge is found in its part", async (t) => {
  const looks: faces.Box[][] = [[], [], [[0, 0, 70, 80]], [[630, PART - 80, 70, 80]]];
  const expected = [
    [0, 0, 70, 80],
    [630, LONG - 80, 70, 80],
  ];
  assert.deepEqual(await kept(t, SHORT, LONG, PART, looks), expected);
});

test('within the border an unsure box is a face only where it fills a quarter of the photo', async (t) => {
  // The second look shows the photo within a border of half its size on each side.
  const found = async (share: number, score: number): Promise<number> => {
    const end = 0.25 + 0.5 * Math.sqrt(share);
    let looks = 0;
    const detect: faces.FaceNetworks['detect'] = () =>
      ++looks === 2 ? [{ edges: [0.25, 0.25, end, end], score }] : [];
    t.mock.method(faceApi, 'loadFaceNetworks', () => Promise.resolve({ detect }));
    const boxes = await detectFaces({ width: 600, height: 600, data: new Uint8Array(3 * 600 * 600) });
    t.mock.restoreAll();
    return boxes.length;
  };
  assert.deepEqual([await found(0.3, 0.25), await found(0.3, 0.19)], [1, 0]);
  assert.deepEqual([await found(0.2, 0.25), await found(0.2, 0.51)], [0, 1]);
});
