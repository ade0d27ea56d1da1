import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataset } from 'celeba-lab';

function photo(label: number, part: dataset.Part): dataset.Photo {
  return { file: '/x.jpg', name: 'x.jpg', label, part };
}

const DATA = {
  classNames: ['cat', 'dog'],
  photos: [photo(0, 'train'), photo(1, 'train'), photo(1, 'train'), photo(1, 'test')],
};

test('classTotals counts photos of each class and their share', () => {
  assert.deepEqual(dataset.classTotals(DATA), [
    { class: 'cat', count: 1, percent: 25 },
    { class: 'dog', count: 3, percent: 75 },
  ]);
});

test('countClasses has a row for every class in every part, also where no photo is', () => {
  const rows = dataset.countClasses(DATA).map(({ part, class: name, count, percent }) => [part, name, count, percent]);
  assert.deepEqual(rows, [
    ['train', 'cat', 1, 33.3],
    ['train', 'dog', 2, 66.7],
    ['validation', 'cat', 0, 0],
    ['validation', 'dog', 0, 0],
    ['test', 'cat', 0, 0],
    ['test', 'dog', 1, 100],
  ]);
});
