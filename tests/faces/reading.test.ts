/** Whether a photo is taken as it is, for faces that a stub finder lays just inside and just outside each limit. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faces, photos } from 'celeba-lab';
import { edgeLayout } from 'celeba-lab/dist/faces/photo-looks';
import { CELEBA_POINTS, celebaFrame } from './celeba-frame';
import { noise } from '../photos/write-photos';

// Of eyes and mouth: a face that grows from there stays in its place.
const MIDDLE = [88.5, 131.5];
const [WIDTH, HEIGHT] = [178, 218];
const FRAME = celebaFrame();
const ANEW = 'aligned anew: eyes and mouth lie elsewhere than in the training photos';

/** A photo of the frame's size, or so many times as large. */
async function photoOf(times = 1): Promise<photos.RgbPhoto> {
  return photos.decodePhoto(
    await noise(times * WIDTH, times * HEIGHT)
      .png()
      .toBuffer(),
  );
}

/** A face as the frame has it, but moved, larger, or in a photo so many times as large. */
function face({ across = 0, growth = 1, times = 1, box = [10, 20, 30, 40] as faces.Box } = {}): faces.FoundFace {
  const [x, y] = MIDDLE;
  const points = CELEBA_POINTS.map(([u, v]) => [
    times * (x + growth * (u - x) + across),
    times * (y + growth * (v - y)),
  ]) as faces.FivePoints;
  return { points, box, score: 1 };
}

function readIn(frame: typeof FRAME, photo: photos.RgbPhoto, ...found: faces.FoundFace[]): Promise<faces.ReadPhoto> {
  const finder = { find: () => Promise.resolve(found) };
  return faces.readPhoto(finder, photo, { frame, format: photos.ARTICLE_FORMAT });
}

function read(photo: photos.RgbPhoto, ...found: faces.FoundFace[]): Promise<faces.ReadPhoto> {
  return readIn(FRAME, photo, ...found);
}

for (const [size, times] of [
  ["of the frame's size", 1],
  ['twice as large as the frame', 2],
] as const) {
  test(`a photo ${size} is taken as it is while its face lies within both limits`, async () => {
    const photo = await photoOf(times);
    const readings = async (each: { across?: number; growth?: number }[]): Promise<string[]> =>
      Promise.all(each.map(async (change) => (await read(photo, face({ ...change, times }))).reading));
    const inside = [{}, { across: 5.9 }, { across: -5.9 }, { growth: 1.11 }, { growth: 1 / 1.11 }];
    assert.deepEqual(new Set(await readings(inside)), new Set(['aligned']));
    const outside = [{ across: 6.1 }, { across: -6.1 }, { growth: 1.13 }, { growth: 1 / 1.13 }];
    assert.deepEqual(new Set(await readings(outside)), new Set(['face']));
  });
}

test('a photo taken as it is comes in the size of the frame, and one of that size unchanged', async () => {
  const [small, large] = [await photoOf(), await photoOf(2)];
  assert.deepEqual((await read(small, face({ across: 5 }))).faces[0].aligned, small);
  const { aligned } = (await read(large, face({ across: 5, times: 2 }))).faces[0];
  assert.deepEqual(aligned, await faces.fitToFrame(large, FRAME));
});

test('only the largest face is taken as it is: one beside it is cut out and aligned', async () => {
  const photo = await photoOf();
  const beside = face({ across: -60, growth: 0.4 });
  const { reading, faces: own, note } = await read(photo, face(), beside);
  assert.equal(reading, 'aligned');
  assert.match(note ?? '', /^used as it is/);
  assert.deepEqual(own[0].aligned, photo);
  assert.deepEqual(own[1].aligned, faces.alignFace(photo, beside.points, FRAME));
});

test('a photo whose largest face lies elsewhere is not taken as it is for the sake of a smaller one', async () => {
  const photo = await photoOf();
  const [large, small] = [face({ across: 8 }), face()];
  const { reading, faces: own } = await read(photo, large, small);
  assert.equal(reading, 'face');
  [large, small].forEach(({ points }, i) =>
    assert.deepEqual(own[i].aligned, faces.alignFace(photo, points, FRAME), `face ${i}`),
  );
});

test('that a face was aligned anew is said where the photo could have been taken for an aligned one', async () => {
  const [small, large] = [await photoOf(), await photoOf(2)];
  const noteOf = async (photo: photos.RgbPhoto, share: number): Promise<string | undefined> => {
    const box: faces.Box = [0, 0, share * photo.width, photo.height];
    return (await read(photo, face({ across: 20, box }))).note;
  };
  // A photo of the frame's size always, another where its face fills two fifths.
  assert.deepEqual([await noteOf(small, 0.1), await noteOf(large, 0.41)], [ANEW, ANEW]);
  assert.equal(await noteOf(large, 0.39), undefined);
});

test('a face that leans too far is turned upright, and how it lies is said', async () => {
  const photo = await photoOf();
  const leaning = (degrees: number): faces.FoundFace => {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const [x, y] = MIDDLE;
    const points = CELEBA_POINTS.map(([u, v]) => [
      x + cos * (u - x) - sin * (v - y),
      y + sin * (u - x) + cos * (v - y),
    ]) as faces.FivePoints;
    return { ...face(), points };
  };
  const loose = celebaFrame({ offsetPx: 100 });
  const readings: [number, faces.Reading, RegExp][] = [
    [19, 'aligned', /^used as it is/],
    [-21, 'face', new RegExp(ANEW)],
    [90, 'face', /^turned upright: its face lies on its side$/],
    [180, 'face', /^turned upright: its face stands on its head$/],
  ];
  for (const [degrees, reading, note] of readings) {
    const read = await readIn(loose, photo, leaning(degrees));
    assert.equal(read.reading, reading, `${degrees} degrees`);
    assert.match(read.note ?? '', note);
  }
});

test("a photo of the frame's size without a face found is used where it looks like the training photos, else not", async () => {
  const [photo, larger] = [await photoOf(), await photoOf(2)];
  const alike = { ...FRAME, meanEdges: edgeLayout(photo) };
  const { reading, faces: own, note } = await readIn(alike, photo);
  assert.equal(reading, 'aligned');
  assert.match(note ?? '', /^no face found, used as it is: it has the size of the training photos/);
  assert.deepEqual(own, [{ box: [0, 0, WIDTH, HEIGHT], points: [], aligned: photo }]);
  for (const [other, frame] of [
    [larger, alike],
    [photo, { ...alike, meanEdges: alike.meanEdges.map((edge) => -edge) }],
  ] as const) {
    const read = await readIn(frame, other);
    assert.deepEqual([read.reading, read.faces, read.note], ['face', [], 'no face found']);
  }
});

test('a face with a point beyond any of the four borders is cut off, one with all points just inside is not', async () => {
  const photo = await photoOf();
  const isCut = async (across: number, down: number): Promise<boolean> => {
    const points = CELEBA_POINTS.map(([x, y]) => [x + across, y + down]) as faces.FivePoints;
    return (await read(photo, { ...face(), points })).faces[0].isCut === true;
  };
  const [xs, ys] = [0, 1].map((axis) => CELEBA_POINTS.map((point) => point[axis]));
  for (const [beyond, expected] of [
    [1, true],
    [-1, false],
  ] as const) {
    assert.equal(await isCut(-Math.min(...xs) - beyond, 0), expected, 'left');
    assert.equal(await isCut(WIDTH - Math.max(...xs) + beyond, 0), expected, 'right');
    assert.equal(await isCut(0, -Math.min(...ys) - beyond), expected, 'top');
    assert.equal(await isCut(0, HEIGHT - Math.max(...ys) + beyond), expected, 'bottom');
  }
});
