import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataset } from 'celeba-lab';

const photos = Array.from({ length: 40 }, (_, i): dataset.Photo => {
  return { file: `/${i}.jpg`, name: `${i}.jpg`, label: i % 2, part: i % 5 === 0 ? 'test' : 'train' };
});
const DATA = { classNames: ['cat', 'dog'], photos } as dataset.Dataset;

test('examplesOfEachClass draws training photos of every class, class by class', () => {
  const examples = dataset.examplesOfEachClass(DATA, 3, 1);
  assert.deepEqual(
    examples.map(({ label }) => label),
    [0, 0, 0, 1, 1, 1],
  );
  assert.ok(examples.every(({ part }) => part === 'train'));
});

test('examplesOfEachClass draws the same for the same seed, others for another', () => {
  const names = (seed: number): string[] => dataset.examplesOfEachClass(DATA, 3, seed).map(({ name }) => name);
  assert.deepEqual(names(1), names(1));
  assert.notDeepEqual(names(1), names(2));
});

test('examplesOfEachClass refuses fewer than none', () => {
  assert.throws(() => dataset.examplesOfEachClass(DATA, -1, 1), /^InputError: perClass: found -1/);
});
