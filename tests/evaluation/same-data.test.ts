import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputError } from 'celeba-lab';
import { evaluation } from 'celeba-lab';

const TRAINED = { classNames: ['cat', 'dog'], attribute: 'class', datasetName: 'pets', split: 'random' };
const TESTED = { classNames: ['cat', 'dog'], attribute: 'class', name: 'pets', split: 'random' } as const;

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
