import assert from 'node:assert/strict';
import { test } from 'node:test';
import { photos } from 'celeba-lab';

const SIDE = 32;

/** A bright square on a dark ground, with a little of a pattern. */
const PHOTO: photos.RgbPhoto = {
  width: SIDE,
  height: SIDE,
  data: Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % SIDE, Math.floor(i / 3 / SIDE)];
    const inside = x >= 8 && x < 24 && y >= 8 && y < 24;
    return (inside ? 180 : 60) + 10 * (i % 3) + ((x * y) % 5);
  }),
};

async function degrade(degradation: photos.Degradation, photo = PHOTO): Promise<Uint8Array> {
  const view = { ...photos.PLAIN_VIEW, degradation };
  return (await photos.drawView(photo, photo.height, photo.width, view)).data;
}

function mean(data: Uint8Array): number {
  return data.reduce((sum, value) => sum + value, 0) / data.length;
}

/** Standard deviation of the difference from the photo. */
function change(data: Uint8Array): number {
  const differences = Array.from(data, (value, i) => value - PHOTO.data[i]);
  return Math.sqrt(differences.reduce((sum, value) => sum + value * value, 0) / data.length);
}

/** Steepest step between neighbours in the middle row, in red. */
function steepest(data: Uint8Array): number {
  const row = Array.from({ length: SIDE }, (_, x) => data[3 * (16 * SIDE + x)]);
  return Math.max(...row.slice(1).map((value, x) => Math.abs(value - row[x])));
}

for (const { name, degradation } of photos.DEGRADED_VIEWS) {
  test(`a photo made worse keeps its size, changes, and becomes the same each time: ${name}`, async () => {
    const how = degradation as photos.Degradation;
    const before = PHOTO.data.slice();
    const once = await degrade(how);
    assert.equal(once.length, PHOTO.data.length);
    assert.ok(change(once) > 2);
    assert.deepEqual([...(await degrade(how))], [...once]);
    assert.deepEqual(PHOTO.data, before);
  });
}

test('a JPEG of lower quality differs more', async () => {
  const changes = await Promise.all(
    [8, 18, 90].map(async (quality) => change(await degrade({ kind: 'jpeg', quality }))),
  );
  assert.deepEqual(
    changes,
    [...changes].sort((a, b) => b - a),
  );
  assert.ok(changes[0] > 2 * changes[2]);
});

test('noise has the deviation asked for, keeps the mean, and is another for another photo', async () => {
  const noisy = await degrade({ kind: 'noise', deviation: 12 });
  assert.ok(Math.abs(change(noisy) - 12) < 0.7, `${change(noisy)}`);
  assert.ok(Math.abs(mean(noisy) - mean(PHOTO.data)) < 0.7);
  const other = { ...PHOTO, data: PHOTO.data.map((value, i) => (i === 0 ? value + 1 : value)) };
  const otherNoisy = await degrade({ kind: 'noise', deviation: 12 }, other);
  const same = otherNoisy.filter((value, i) => value === noisy[i]).length;
  assert.ok(same < noisy.length / 10);
});

test('noise stays within black and white', async () => {
  const white = { ...PHOTO, data: new Uint8Array(PHOTO.data.length).fill(255) };
  const noisy = await degrade({ kind: 'noise', deviation: 25 }, white);
  assert.ok(Math.min(...noisy) > 100);
});

test('blur takes the steepness from an edge, more with a greater sigma, and sharpening adds to it', async () => {
  const at = async (degradation: photos.Degradation) => steepest(await degrade(degradation));
  const [much, some] = [await at({ kind: 'blur', sigma: 2.4 }), await at({ kind: 'blur', sigma: 1.2 })];
  const sharp = await at({ kind: 'sharpen', sigma: 2, amount: 3 });
  assert.ok(much < some && some < steepest(PHOTO.data) && sharp > 1.2 * steepest(PHOTO.data));
});

test('a gamma above 1 darkens, one below 1 lightens, and black and white stay', async () => {
  assert.ok(mean(await degrade({ kind: 'gamma', gamma: 2 })) < mean(PHOTO.data) - 20);
  assert.ok(mean(await degrade({ kind: 'gamma', gamma: 0.5 })) > mean(PHOTO.data) + 20);
  const ends = { width: 2, height: 1, data: Uint8Array.from([0, 0, 0, 255, 255, 255]) };
  for (const gamma of [0.5, 2]) assert.deepEqual([...(await degrade({ kind: 'gamma', gamma }, ends))], [...ends.data]);
});

test('a grey photo has the luma of its colours', async () => {
  const colours = { width: 3, height: 1, data: Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255]) };
  assert.deepEqual([...(await degrade({ kind: 'grey' }, colours))], [76, 76, 76, 150, 150, 150, 29, 29, 29]);
});

for (const degradation of [
  { kind: 'jpeg', quality: 0 },
  { kind: 'jpeg', quality: 7.5 },
  { kind: 'noise', deviation: -1 },
  { kind: 'blur', sigma: 0.2 },
  { kind: 'sharpen', sigma: 11, amount: 1 },
  { kind: 'sharpen', sigma: 1, amount: NaN },
  { kind: 'gamma', gamma: -1 },
] as const)
  test(`a view with ${JSON.stringify(degradation)} is refused with the number and its range`, async () => {
    const expected =
      /^InputError: (jpeg|noise|blur|sharpen|gamma), \w+: found [-\w.]+, expected a (whole )?number from /;
    await assert.rejects(degrade(degradation), expected);
  });
