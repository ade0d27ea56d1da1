import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputError } from 'celeba-lab';
import { dataset, evaluation } from 'celeba-lab';

const TRAINED = { classNames: ['cat', 'dog'], attribute: 'class', datasetName: 'pets', split: 'random' };
const PHOTOS = (['train', 'test', 'validation'] as const).map((part, i) => ({
  file: `/${i}`,
  name: `${i}`,
  label: 0,
  part,
}));
const TESTED = {
  kind: 'class-folders' as const,
  photos: PHOTOS,
  classNames: ['cat', 'dog'],
  attribute: 'class',
  name: 'pets',
  split: 'random' as const,
};

test('checkSameData accepts the data that the model was trained on, also of a model that kept no split', () => {
  assert.doesNotThrow(() => evaluation.checkSameData(TRAINED, { ...TESTED, classNames: ['cat', 'dog'] }));
  assert.doesNotThrow(() =>
    evaluation.checkSameData({ ...TRAINED, split: undefined }, { ...TESTED, classNames: ['cat', 'dog'] }),
  );
});

for (const [what, other, found, expected] of [
  ['data set', { name: 'zoo' }, 'data set pets', 'zoo'],
  ['label', { attribute: 'Male' }, 'label class', 'Male'],
  ['split', { split: 'official' }, 'split random', 'official'],
  ['order of classes', { classNames: ['dog', 'cat'] }, 'classes cat, dog', 'dog, cat'],
  ['number of classes', { classNames: ['cat', 'dog', 'owl'] }, 'classes cat, dog', 'cat, dog, owl'],
] as const) {
  test(`checkSameData refuses another ${what}, naming both`, () => {
    const tested = { ...TESTED, ...other };
    assert.throws(
      () => evaluation.checkSameData(TRAINED, { ...tested, classNames: [...tested.classNames] }),
      (error: InputError) => error.found === found && error.expected === `${expected}, as in this run`,
    );
  });
}

test('checkSameData refuses parts that were drawn otherwise, unless they are those of CelebA itself', () => {
  const [first, ...others] = PHOTOS;
  const trained = { ...TRAINED, splitDigest: dataset.splitDigest(PHOTOS) };
  evaluation.checkSameData(trained, TESTED);
  for (const other of [
    [{ ...first, part: 'test' as const }, ...others],
    [...PHOTOS, { ...first, name: 'new' }],
  ]) {
    assert.throws(
      () => evaluation.checkSameData(trained, { ...TESTED, photos: other }),
      /another SEED, or with photos added, moved or taken away/,
    );
    const official = { split: 'official' as const };
    const sorted = { ...TESTED, ...official, photos: other };
    assert.throws(() => evaluation.checkSameData({ ...trained, ...official }, sorted), /another SEED/);
    evaluation.checkSameData({ ...trained, ...official }, { ...sorted, kind: 'celeba' });
  }
});
