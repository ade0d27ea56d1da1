/** When there is a frame, and what is in it, for faces that a stub finder lays where each test needs them. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { faces, random, type photos } from 'celeba-lab';
import { noise, plain } from '../photos/write-photos';

const [WIDTH, HEIGHT] = [100, 120];
// The nose exactly between the eyes, 20 pixels from the middle of the eyes to that of the mouth.
const FACE: faces.FivePoints = [
  [40, 50],
  [60, 50],
  [50, 60],
  [42, 70],
  [58, 70],
];
const MIDDLE = [50, 60];

const folder = mkdtempSync(join(tmpdir(), 'frame-rules-'));
after(() => rmSync(folder, { recursive: true }));

let files = 0;
/** A photo of class 0. */
async function written(width = WIDTH, height = HEIGHT): Promise<{ file: string; label: number }> {
  const file = join(folder, `${files++}.png`);
  await noise(width, height).toFile(file);
  return { file, label: 0 };
}

/** One photo, so many times. */
async function times(count: number): Promise<{ file: string; label: number }[]> {
  const photo = await written();
  return Array.from({ length: count }, () => photo);
}

/** A finder that finds what it is given for its first look, its second, and so on. */
function stub(pointsOf: (look: number, photo: photos.RgbPhoto) => faces.FivePoints | undefined) {
  let looks = 0;
  const find = (photo: unknown): Promise<faces.FoundFace[]> => {
    const points = pointsOf(looks++, photo as photos.RgbPhoto);
    return Promise.resolve(points === undefined ? [] : [{ points, box: [0, 0, 1, 1], score: 1 }]);
  };
  return { find, looks: () => looks };
}

function moved(across: number, growth = 1): faces.FivePoints {
  const [x, y] = MIDDLE;
  return FACE.map(([u, v]) => [x + growth * (u - x) + across, y + growth * (v - y)]) as faces.FivePoints;
}

/** By the size of its photo, so that photos of any size show the same face. */
function inProportion({ width, height }: Pick<photos.RgbPhoto, 'width' | 'height'>): faces.FivePoints {
  return FACE.map(([x, y]) => [(x * width) / WIDTH, (y * height) / HEIGHT]) as faces.FivePoints;
}

test('where the first 12 photos show no face there is no frame, and nobody looks on', async () => {
  const none = stub(() => undefined);
  assert.equal(await faces.measureFrame(none, await times(20)), undefined);
  assert.equal(none.looks(), 12);
  const late = stub((look) => (look < 11 ? undefined : FACE));
  assert.ok(await faces.measureFrame(late, await times(24)));
  assert.equal(late.looks(), 24);
});

test('there is a frame from 8 faces on, and where at least half of the photos show one', async () => {
  const counts = [];
  for (const [found, looked] of [
    [7, 7],
    [8, 8],
    [9, 20],
    [10, 20],
  ]) {
    const finder = stub((look) => (look < found ? FACE : undefined));
    const frame = await faces.measureFrame(finder, await times(looked));
    counts.push(frame && [frame.faceCount, frame.photoCount]);
  }
  assert.deepEqual(counts, [undefined, [8, 8], undefined, [10, 20]]);
});

test('there is a frame only where at least half of the photos of each class show a face', async () => {
  const photo = await written();
  const framed = async (faceless: number, withFace: number): Promise<boolean> => {
    const others = Array.from({ length: faceless }, () => ({ ...photo, label: 1 }));
    const shown = Array.from({ length: withFace }, () => ({ ...photo, label: 2 }));
    const photos = [...Array.from({ length: 40 }, () => photo), ...shown, ...others];
    // The photos are looked at in this order, too: it is fixed by the seed.
    const order = random.shuffled(photos, 1).map(({ label }) => label);
    const finder = stub((look) => (order[look] === 1 ? undefined : FACE));
    return (await faces.measureFrame(finder, photos)) !== undefined;
  };
  assert.deepEqual([await framed(0, 9), await framed(9, 9), await framed(2, 0)], [true, false, false]);
  // One face that wasn't found is no reason.
  assert.equal(await framed(1, 9), true);
});

test('where faces lie further from their mean place than a fifth of the width there is no frame', async () => {
  const spread = async (px: number): Promise<number | undefined> => {
    const finder = stub((look) => moved(look % 2 === 0 ? px : -px));
    return (await faces.measureFrame(finder, await times(10)))?.spreadPx;
  };
  assert.equal(await spread(19.9), 19.9);
  assert.equal(await spread(20.1), undefined);
});

test('a frame has the size of the photos, but at most 512 pixels, and its points lie accordingly', async () => {
  const large = await written(2000, 1000);
  const frame = await faces.measureFrame(
    stub((_, photo) => inProportion(photo)),
    Array.from({ length: 8 }, () => large),
  );
  assert.deepEqual([frame?.width, frame?.height], [512, 256]);
  assert.deepEqual(frame?.points[0], [(512 * 40) / WIDTH, 106.67]);
});

test('points of photos of other sizes are brought to the size of the first', async () => {
  const photos = (await Promise.all([written(), written(300, 180)])).flatMap((photo) => [photo, photo, photo, photo]);
  const frame = await faces.measureFrame(
    stub((_, photo) => inProportion(photo)),
    photos,
  );
  assert.ok(frame);
  assert.ok(frame.width === WIDTH ? frame.height === HEIGHT : frame.width === 300 && frame.height === 180);
  assert.equal(frame.spreadPx, 0);
  assert.deepEqual(frame.points, inProportion(frame));
});

test('the limit for the place is what 95 of 100 faces keep to, not the furthest', async () => {
  const places = [10, -10, 0, ...Array.from({ length: 38 }, (_, i) => (i % 2 === 0 ? 1 : -1))];
  const frame = await faces.measureFrame(
    stub((look) => moved(places[look])),
    await times(places.length),
  );
  assert.equal(frame?.limits.offsetPx, 1);
});

test('the limit for the size is a factor above 1, for faces larger and smaller than the mean', async () => {
  const growth = [1.25, 0.75];
  const frame = await faces.measureFrame(
    stub((look) => moved(0, growth[look % 2])),
    await times(10),
  );
  assert.deepEqual(frame?.points, FACE);
  assert.equal(frame.limits.scale, 1.33);
});

test('the limit for the turn has room, and is never under 0.4', async () => {
  const limit = async (aside: number): Promise<number | undefined> => {
    const [left, right, [x, y], ...mouth] = FACE;
    const finder = stub(() => [left, right, [x + aside, y], ...mouth] as faces.FivePoints);
    return (await faces.measureFrame(finder, await times(8)))?.limits.turn;
  };
  assert.equal(await limit(0), 0.4);
  // Half an eye distance aside: 0.5, and a fifth more.
  assert.equal(await limit(10), 0.6);
});

test('a seed chooses the photos that are looked at, seed 1 where none is given', async () => {
  const greys = await Promise.all(
    Array.from({ length: 40 }, async (_, level) => {
      const file = join(folder, `grey-${level}.png`);
      await plain(WIDTH, HEIGHT, [level, level, level]).toFile(file);
      return { file, label: 0 };
    }),
  );
  const chosen = async (seed?: number): Promise<number[]> => {
    const levels: number[] = [];
    const finder = stub((_, { data }) => {
      levels.push(data[0]);
      return FACE;
    });
    await faces.measureFrame(finder, greys, { photoCount: 10, seed });
    return levels;
  };
  const first = await chosen();
  assert.equal(new Set(first).size, 10);
  assert.deepEqual(await chosen(1), first);
  assert.notDeepEqual((await chosen(2)).sort(), first.sort());
});

test('photos that cannot be read are passed over, and do not count', async () => {
  const photos = [...(await times(9)), { file: join(folder, 'missing.png'), label: 0 }];
  const finder = stub(() => FACE);
  const frame = await faces.measureFrame(finder, photos);
  assert.deepEqual([frame?.photoCount, frame?.faceCount, finder.looks()], [9, 9, 9]);
});

test('the limit for the turn is what 99 of 100 faces keep to, not half of them', async () => {
  const [left, right, [x, y], ...mouth] = FACE;
  const aside: faces.FivePoints = [left, right, [x + 20, y], ...mouth];
  const finder = stub((look) => (look === 3 ? aside : FACE));
  const frame = await faces.measureFrame(finder, await times(8));
  // From 0, of the last but one, 93 hundredths of the way to 1; and a fifth more.
  assert.equal(frame?.limits.turn, 1.12);
});
