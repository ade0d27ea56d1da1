import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataset } from 'celeba-lab';
import { CELEBA_ATTRIBUTES } from 'celeba-lab/dist/dataset/sample-set';

test('classNamesOf speaks of qualities with "not" and of things with "no"', () => {
  const names = ['Smiling', 'Young', 'Wearing_Hat', 'Eyeglasses', 'Gray_Hair', 'Double_Chin'].map(dataset.classNamesOf);
  assert.deepEqual(names, [
    ['not Smiling', 'Smiling'],
    ['not Young', 'Young'],
    ['not Wearing Hat', 'Wearing Hat'],
    ['no Eyeglasses', 'Eyeglasses'],
    ['no Gray Hair', 'Gray Hair'],
    ['no Double Chin', 'Double Chin'],
  ]);
});

test('classNamesOf has names of its own where the rule would read badly', () => {
  const names = ['Male', 'No_Beard', '5_o_Clock_Shadow', 'Mouth_Slightly_Open'].map(dataset.classNamesOf);
  assert.deepEqual(names, [
    ['female', 'male'],
    ['Beard', 'No Beard'],
    ["no 5 o'Clock Shadow", "5 o'Clock Shadow"],
    ['Mouth not Open', 'Mouth Slightly Open'],
  ]);
});

test('classNamesOf gives all forty attributes two names without underscores, no two alike', () => {
  const names = CELEBA_ATTRIBUTES.flatMap((attribute) => dataset.classNamesOf(attribute));
  assert.equal(new Set(names).size, 80);
  assert.ok(names.every((name) => !name.includes('_') && !/\b(no|not) No\b/.test(name)));
});

test('classNamesOf takes "not" before a column that is not among the forty', () => {
  assert.deepEqual(dataset.classNamesOf('Left_Handed'), ['not Left Handed', 'Left Handed']);
  assert.deepEqual(dataset.classNamesOf('constructor'), ['not constructor', 'constructor']);
});
