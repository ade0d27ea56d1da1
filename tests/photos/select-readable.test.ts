import assert from 'node:assert/strict';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { dataset, photos, SystemFault } from 'celeba-lab';
import { datasetOf, FAILS_TO_READ, NEEDS_PROC, writeGreys } from './write-photos';

/** Twenty training photos of two classes, the first ones of each class's ranked order damaged. */
async function damagedFirst(t: Parameters<typeof writeGreys>[0], damaged: number[], count = 20) {
  const data = datasetOf(await writeGreys(t, count));
  const ranked = data.classNames.map((_, label) => {
    const smaller = (n: number): string[] =>
      dataset.selectPhotos(data, { train: n }).photos.flatMap(({ label: own, name }) => (own === label ? [name] : []));
    const names: string[] = [];
    for (let n = 2; n <= count; n += 2) names.push(...smaller(n).filter((name) => !names.includes(name)));
    return names;
  });
  const bad = new Set(ranked.flatMap((names, label) => names.slice(0, damaged[label])));
  for (const { name, file } of data.photos) if (bad.has(name)) writeFileSync(file, '');
  return { data, ranked, bad };
}

const labels = (chosen: readonly dataset.Photo[]): number[] =>
  [0, 1].map((label) => chosen.filter((photo) => photo.label === label).length);

test('selectReadable takes the photos of selectPhotos where all can be read, and decodes no others', async (t) => {
  const { data } = await damagedFirst(t, [0, 0]);
  const told: number[][] = [];
  const { readable, rejected } = await photos.selectReadable(data, {
    train: 8,
    onProgress: (...progress) => told.push(progress),
  });
  assert.deepEqual(readable, dataset.selectPhotos(data, { train: 8 }).photos);
  assert.deepEqual([rejected, told.at(-1)], [[], [8, 8]]);
});

test('a photo that cannot be read is replaced by the next of its class', async (t) => {
  const { data, ranked, bad } = await damagedFirst(t, [3, 0]);
  const { readable, rejected } = await photos.selectReadable(data, { train: 8 });
  assert.deepEqual(labels(readable), [4, 4]);
  assert.deepEqual(
    readable
      .filter(({ label }) => label === 0)
      .map(({ name }) => name)
      .sort(),
    ranked[0].slice(3, 7).sort(),
  );
  assert.deepEqual(rejected.map(({ photo }) => photo.name).sort(), [...bad].sort());
});

test('a class without enough readable photos leaves its places to the other', async (t) => {
  const { data } = await damagedFirst(t, [8, 0]);
  const { readable, rejected } = await photos.selectReadable(data, { train: 8 });
  assert.deepEqual(labels(readable), [2, 6]);
  assert.equal(rejected.length, 8);
});

test('selectReadable takes the same photos of a part whether other parts are taken or not', async (t) => {
  const { data } = await damagedFirst(t, [1, 1]);
  const tested = {
    ...data,
    photos: data.photos.map((photo, i) => (i % 4 < 2 ? photo : { ...photo, part: 'test' as const })),
  };
  const sizes = { train: 4, test: 4 };
  const all = await photos.selectReadable(tested, sizes);
  const alone = await photos.selectReadable(tested, { ...sizes, parts: ['test'] });
  assert.deepEqual(
    alone.readable,
    all.readable.filter(({ part }) => part === 'test'),
  );
});

test('selectReadable lists photos whose files are missing before those that cannot be read', async (t) => {
  const { data } = await damagedFirst(t, [1, 0], 6);
  const missing: dataset.Photo[] = [{ file: '/gone.jpg', name: 'gone.jpg', label: 0, part: 'train' }];
  const { rejected } = await photos.selectReadable({ ...data, missing }, {});
  assert.deepEqual(
    rejected.map(({ reason }) => reason),
    ['no such file', 'an empty file (0 bytes)'],
  );
});

test('selectReadable says how many photos there are where more were asked for', async (t) => {
  const { data } = await damagedFirst(t, [0, 0], 4);
  await assert.rejects(photos.selectReadable(data, { train: 5000, asked: ['train'] }), {
    name: 'InputError',
    message:
      'TRAIN: found 5,000, expected at most 4: greys has 4 train photos (split: official). Set TRAIN=4, or leave it out.',
  });
});

test('readableExamples shows readable photos only, as many of each class as there are', async (t) => {
  const { data, bad } = await damagedFirst(t, [9, 2]);
  const examples = await photos.readableExamples(data, 3, 1);
  assert.deepEqual(labels(examples), [1, 3]);
  assert.ok(examples.every(({ name }) => !bad.has(name)));
});

test('readableExamples draws from the part that is asked for, training unless told, others for another seed', async (t) => {
  const data = datasetOf(await writeGreys(t, 24));
  data.photos = data.photos.map((photo, i) => ({ ...photo, part: i < 12 ? 'train' : 'test' }));
  const examples = (seed: number, part?: dataset.Part) => photos.readableExamples(data, 3, seed, part);
  for (const part of ['train', 'test'] as const) {
    const [first, other] = [await examples(1, part), await examples(2, part)];
    assert.deepEqual([first.length, new Set(first.map((photo) => photo.part))], [6, new Set([part])]);
    assert.notDeepEqual(first, other);
  }
  assert.deepEqual(await examples(1), await examples(1, 'train'));
});

test('selectReadable refuses a part of which no photo can be read', async (t) => {
  const [first, ...others] = await writeGreys(t, 4);
  writeFileSync(first.file, '');
  await assert.rejects(photos.selectReadable(datasetOf([{ ...first, part: 'test' }, ...others])), {
    name: 'InputError',
    message:
      'the test photos: found none that can be read (0.jpg: an empty file (0 bytes)), expected readable photos in each part. ' +
      'Replace or remove these photos, or copy the whole folder again.',
  });
});

test('selectReadable refuses a class of which no training photo can be read', async (t) => {
  const { data } = await damagedFirst(t, [0, 2], 4);
  await assert.rejects(photos.selectReadable(data), {
    message: /^the train photos of class male: found none that can be read \(\d\.jpg: an empty file \(0 bytes\)\), /,
  });
});

test('selectReadable refuses a part of which only photos of one class can be read', async (t) => {
  for (const part of ['validation', 'test'] as const) {
    const greys = await writeGreys(t, 5);
    writeFileSync(greys[3].file, '');
    const data = datasetOf(greys.map((photo, i) => (i < 3 ? photo : { ...photo, part })));
    await assert.rejects(photos.selectReadable(data), {
      name: 'InputError',
      message:
        `the ${part} photos of class male: found none that can be read (3.jpg: an empty file (0 bytes)), expected readable ` +
        `${part} photos of two or more classes. Replace or remove these photos, or copy the whole folder again.`,
    });
  }
});

test('a test part that loses one of three classes to unreadable photos still judges', async (t) => {
  const greys = (await writeGreys(t, 6)).map((photo, i) => ({ ...photo, label: i % 3 }));
  writeFileSync(greys[5].file, '');
  const data = datasetOf(greys.map((photo, i) => (i < 3 ? photo : { ...photo, part: 'test' })));
  const { readable } = await photos.selectReadable({ ...data, classNames: ['a', 'b', 'c'] });
  assert.deepEqual(
    readable.map(({ name }) => name),
    ['0.jpg', '1.jpg', '2.jpg', '3.jpg', '4.jpg'],
  );
});

test('selectReadable takes no other photo where the system failed to read one: it ends', NEEDS_PROC, async (t) => {
  const data = datasetOf(await writeGreys(t, 6));
  rmSync(data.photos[2].file);
  symlinkSync(FAILS_TO_READ, data.photos[2].file);
  await assert.rejects(photos.selectReadable(data), SystemFault);
});

test('selectReadable lists no missing photos of parts that are not taken', async (t) => {
  const { data } = await damagedFirst(t, [0, 0], 4);
  const missing: dataset.Photo[] = [{ file: '/gone.jpg', name: 'gone.jpg', label: 0, part: 'test' }];
  const { rejected } = await photos.selectReadable({ ...data, missing }, { parts: ['train'] });
  assert.deepEqual(rejected, []);
});
