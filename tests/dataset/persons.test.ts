import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataset } from 'celeba-lab';
import { rows } from './made-up-rows';

test('photosPerPerson counts persons by how many photos they have', () => {
  const photos = [7, 7, 7, 4, 9, 9, 9].map((identity, i): dataset.Photo => {
    return { file: '', name: `${i}`, label: 0, part: 'train', identity };
  });
  assert.deepEqual(dataset.photosPerPerson([...photos, { ...photos[0], identity: undefined }]), [
    { photos: 1, persons: 1 },
    { photos: 3, persons: 2 },
  ]);
});

test('identityLeak counts validation and test photos of persons who are in training', () => {
  const photo = (part: dataset.Part, identity?: number): dataset.Photo => {
    return { file: '', name: '', label: 0, part, ...(identity && { identity }) };
  };
  const photos = [photo('train', 1), photo('train', 2), photo('validation', 1), photo('test', 2), photo('test', 3)];
  assert.deepEqual(dataset.identityLeak([...photos, photo('test')]), [
    { part: 'validation', photos: 1, shared: 1, percent: 100 },
    { part: 'test', photos: 2, shared: 1, percent: 50 },
  ]);
});

test('leakBySplit finds no shared person in a split by persons, and many in a random one', () => {
  // Ten rows a person: none is in two parts of the official split below.
  const data = rows(
    600,
    (i) => i % 2 === 0,
    (i) => Math.floor(i / 10),
  );
  const photos = data.photos.map((photo, i): dataset.Photo => {
    return { ...photo, part: i < 400 ? 'train' : i < 500 ? 'validation' : 'test' };
  });
  const [official, article, random] = dataset.leakBySplit({ ...data, photos }, {});
  assert.deepEqual(
    [official.split, official.train, official.validationShared, official.testShared],
    ['official', 400, 0, 0],
  );
  assert.equal(random.split, 'random');
  assert.ok(random.testShared > 90 && random.test === 100, JSON.stringify(random));
  assert.ok(article.validationShared > 80 && article.testShared === 0, JSON.stringify(article));
});

// Three rows a person, over the borders of the parts.
const mixed = rows(
  600,
  (i) => i % 3 === 0,
  (i) => Math.floor(i / 3),
);

test('leakBySplit takes no more photos of each part than it is told', () => {
  const leaks = dataset.leakBySplit(mixed, { train: 40, validation: 6, test: 8 });
  assert.deepEqual(
    leaks.map(({ split, train, validation, test }) => ({ split, train, validation, test })),
    ['official', 'article', 'random'].map((split) => ({ split, train: 40, validation: 6, test: 8 })),
  );
});

test('leakBySplit of another seed takes other photos, and draws another random split', () => {
  const leaks = (sizes: dataset.SelectOptions) =>
    [1, 2, 3].map((seed) => dataset.leakBySplit(mixed, { ...sizes, seed }).map(({ testShared }) => testShared));
  const [some, all] = [leaks({ train: 100, test: 40 }), leaks({})];
  assert.ok(new Set(some.map(([official]) => official)).size > 1, JSON.stringify(some));
  assert.equal(new Set(all.map(([official]) => official)).size, 1);
  assert.ok(new Set(all.map((shared) => shared[2])).size > 1, JSON.stringify(all));
});

test('leakBySplit gives no rows where nobody is known', () => {
  assert.deepEqual(
    dataset.leakBySplit(
      rows(60, (i) => i % 2 === 0),
      {},
    ),
    [],
  );
});
