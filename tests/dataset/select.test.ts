import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataset } from 'celeba-lab';
import { datasetOf } from '../photos/write-photos';

/** A dataset with so many photos of each class in each part, named by their number. */
function data(counts: Record<dataset.Part, number[]>): dataset.Dataset {
  const photos = dataset.PARTS.flatMap((part) =>
    counts[part].flatMap((count, label) =>
      Array.from({ length: count }, (_, i) => ({ file: '', name: `${part}${label}-${i}.jpg`, label, part })),
    ),
  );
  return { ...datasetOf(photos), name: 'x', classNames: counts.train.map(String) };
}

function sizes(selected: dataset.Dataset, part: dataset.Part): number[] {
  const inPart = selected.photos.filter((photo) => photo.part === part);
  return selected.classNames.map((_, label) => inPart.filter((photo) => photo.label === label).length);
}

const DATA = data({ train: [60, 40], validation: [10, 10], test: [30, 5] });

test('selectPhotos takes as many of each class as the cap allows', () => {
  assert.deepEqual(sizes(dataset.selectPhotos(DATA, { train: 20 }), 'train'), [10, 10]);
});

test('selectPhotos leaves a part whole where the cap does not bite', () => {
  const selected = dataset.selectPhotos(DATA, { train: 100, validation: 1000 });
  assert.deepEqual(sizes(selected, 'train'), [60, 40]);
  assert.deepEqual(sizes(selected, 'validation'), [10, 10]);
  assert.deepEqual(sizes(selected, 'test'), [30, 5]);
});

test('selectPhotos gives the places that a small class leaves to the others', () => {
  assert.deepEqual(sizes(dataset.selectPhotos(DATA, { test: 20 }), 'test'), [15, 5]);
});

test('selectPhotos keeps the only photo of a class, however small the cap', () => {
  const rare = data({ train: [60, 1], validation: [1, 60], test: [60, 60] });
  for (const most of [2, 3, 12]) {
    const selected = dataset.selectPhotos(rare, { train: most, validation: most });
    assert.deepEqual(
      [sizes(selected, 'train'), sizes(selected, 'validation')],
      [
        [most - 1, 1],
        [1, most - 1],
      ],
    );
  }
});

test('selectPhotos shares an odd cap out as evenly as it goes', () => {
  const three = data({ train: [9, 9, 1], validation: [0, 0, 0], test: [0, 0, 0] });
  assert.deepEqual(sizes(dataset.selectPhotos(three, { train: 10 }), 'train'), [4, 5, 1]);
});

test('selectPhotos refuses a size that was asked for and leaves a class without a photo', () => {
  const asked = (train: number) => dataset.selectPhotos(DATA, { train, asked: ['train'] });
  assert.throws(() => asked(1), {
    name: 'InputError',
    message:
      'TRAIN: found 1, expected at least 2: a train photo of each class of x. Set TRAIN=2 or more, or leave it out.',
  });
  assert.deepEqual(sizes(asked(2), 'train'), [1, 1]);
});

test('a class that a part has no photos of does not count where a size is asked for', () => {
  const onlyOne = data({ train: [9, 9], validation: [1, 1], test: [9, 0] });
  assert.deepEqual(sizes(dataset.selectPhotos(onlyOne, { test: 1, asked: ['test'] }), 'test'), [1, 0]);
});

test('selectPhotos keeps the order of photos, and takes the same ones for the same seed', () => {
  const names = (seed: number): string[] =>
    dataset.selectPhotos(DATA, { train: 6, validation: 1, test: 1, seed }).photos.map(({ name }) => name);
  const order = DATA.photos.map(({ name }) => name);
  assert.deepEqual(
    names(1),
    order.filter((name) => names(1).includes(name)),
  );
  assert.deepEqual(names(1), names(1));
  assert.notDeepEqual(names(1), names(2));
});

test('selectPhotos takes photos from everywhere in the table, not from its beginning', () => {
  const many = data({ train: [1000, 1000], validation: [1, 1], test: [1, 1] });
  const numbers = dataset.selectPhotos(many, { train: 100 }).photos.map(({ name }) => Number(/-(\d+)/.exec(name)?.[1]));
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  assert.ok(mean > 350 && mean < 650, `mean ${mean}`);
});

test('every photo of a small selection is in a larger one of the same seed', () => {
  const names = (train: number): string[] => dataset.selectPhotos(DATA, { train }).photos.map(({ name }) => name);
  const larger = new Set(names(40));
  assert.ok(names(10).every((name) => larger.has(name)));
});

test('selectPhotos leaves the given dataset as it was and keeps its missing photos', () => {
  const missing = [{ file: '', name: 'gone.jpg', label: 0, part: 'train' as const }];
  const selected = dataset.selectPhotos({ ...DATA, missing }, { train: 2 });
  assert.equal(DATA.photos.length, 155);
  assert.deepEqual(selected.missing, missing);
});

test('selectPhotos gives all photos of a part where exactly as many are asked for, and refuses one more', () => {
  const asked = (train: number) => dataset.selectPhotos(DATA, { train, asked: ['train'] });
  assert.deepEqual(sizes(asked(100), 'train'), [60, 40]);
  assert.throws(() => asked(101), /TRAIN: found 101, expected at most 100: x has 100 train photos/);
});

test('selectPhotos refuses what is no number of photos', () => {
  for (const train of [-1, NaN, 2.5])
    assert.throws(() => dataset.selectPhotos(DATA, { train }), /^InputError: train: found /);
});
