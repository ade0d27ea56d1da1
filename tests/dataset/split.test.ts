import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataset } from 'celeba-lab';
import { rows } from './made-up-rows';

const DATA = rows(300, (i) => i % 3 === 0);

test('splitDataset leaves the official split as it is', () => {
  assert.equal(dataset.splitDataset(DATA, 'official'), DATA);
});

test('a random split has as many photos of each class in each part as the official one', () => {
  const drawn = dataset.splitDataset(DATA, 'random', 1);
  assert.deepEqual(dataset.countClasses(drawn), dataset.countClasses(DATA));
  assert.deepEqual(
    drawn.photos.map(({ name }) => name),
    DATA.photos.map(({ name }) => name),
  );
  assert.notDeepEqual(drawn.photos, DATA.photos);
});

test('a random split is fixed by its seed', () => {
  const parts = (seed: number): string =>
    dataset
      .splitDataset(DATA, 'random', seed)
      .photos.map((p) => p.part)
      .join();
  assert.equal(parts(1), parts(1));
  assert.notEqual(parts(1), parts(2));
});

test('splitDataset says in split and description what the parts are, and leaves the given dataset alone', () => {
  const drawn = dataset.splitDataset(DATA, 'random');
  assert.equal(drawn.split, 'random');
  assert.equal(drawn.description, 'x; SPLIT=random: 300 photos, 240 train, 30 validation, 30 test');
  assert.equal(DATA.split, 'official');
});

test('availableSplits begins with the dataset own split and names each once', () => {
  assert.deepEqual(dataset.availableSplits(DATA), ['official', 'article', 'random']);
  assert.deepEqual(dataset.availableSplits({ ...DATA, split: 'random' }), ['random', 'article']);
});

test('splitDataset leaves a dataset as it is that is in the split asked for already', () => {
  const drawn = dataset.splitDataset(DATA, 'random', 1);
  assert.equal(dataset.splitDataset(drawn, 'random', 2), drawn);
});
