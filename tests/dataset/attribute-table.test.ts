import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataset } from 'celeba-lab';
import pl from 'nodejs-polars';
import { writeCeleba } from './write-celeba';

const FOLDERS = {
  kind: 'class-folders',
  classNames: ['cat', 'dog'],
  photos: [
    { file: '/a.jpg', name: 'cat/a.jpg', label: 0, part: 'train' },
    { file: '/b.jpg', name: 'dog/b.jpg', label: 1, part: 'train' },
    { file: '/c.jpg', name: 'dog/c.jpg', label: 1, part: 'test' },
  ],
} as dataset.Dataset;

test('attributeTable of CelebA has a row a photo and an Int8 column of 1 and -1 an attribute', async (t) => {
  const table = dataset.attributeTable(await dataset.openDataset(writeCeleba(t)));
  assert.deepEqual(table.columns, ['file', 'Male', 'Smiling', 'Wearing_Hat']);
  assert.deepEqual(table.row(2), ['000003.jpg', -1, 1, 1]);
  assert.equal(table.height, 6);
  assert.equal(String(table.getColumn('Male').dtype), 'DataType(Int8)');
});

test('attributeTable of class folders has a column of 1 and -1 for each class', () => {
  const table = dataset.attributeTable(FOLDERS);
  assert.deepEqual(table.columns, ['file', 'cat', 'dog']);
  assert.deepEqual(table.getColumn('dog').toArray(), [-1, 1, 1]);
});

test('attributeShares gives each attribute its share, most frequent first, and marks the learned one', () => {
  assert.deepEqual(dataset.attributeShares(dataset.attributeTable(FOLDERS), 'cat'), [
    { attribute: 'dog', percent: 66.7, learned: false },
    { attribute: 'cat', percent: 33.3, learned: true },
  ]);
});

test('attributeShares counts a row that leaves an attribute open as one without it', () => {
  const table = pl.DataFrame([
    pl.Series('file', ['a', 'b', 'c', 'd'], pl.Utf8),
    pl.Series('Bald', Int8Array.from([1, 0, 0, -1]), pl.Int8),
  ]);
  assert.deepEqual(dataset.attributeShares(table, 'Male'), [{ attribute: 'Bald', percent: 25, learned: false }]);
});
