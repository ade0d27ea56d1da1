import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestNames } from 'celeba-lab/dist/dataset/nearest-names';

const NAMES = ['Bald', 'Male', 'Pale_Skin', 'Smiling', 'Young'];

test('nearestNames puts the name with the fewest changed letters first, whatever its case', () => {
  assert.deepEqual(nearestNames('male', NAMES, 1), ['Male']);
  assert.deepEqual(nearestNames('MALE', ['MAKE', 'male'], 1), ['male']);
  assert.deepEqual(nearestNames('Smilng', NAMES, 1), ['Smiling']);
  assert.deepEqual(nearestNames('', ['abc', 'a', 'ab'], 3), ['a', 'ab', 'abc']);
});

test('nearestNames returns all names where there are fewer than asked for', () => {
  assert.deepEqual(nearestNames('x', ['Male']), ['Male']);
});
