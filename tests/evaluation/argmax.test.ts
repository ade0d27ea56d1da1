import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluation } from 'celeba-lab';

test('argmax gives the index of the largest value, also of a typed array', () => {
  assert.equal(evaluation.argmax([0.2, 0.9, 0.5]), 1);
  assert.equal(evaluation.argmax(new Float32Array([-3, -2, -1])), 2);
});

test('argmax takes the first of equal values', () => {
  assert.equal(evaluation.argmax([0.5, 0.5]), 0);
});

test('argmax refuses no values and NaN, which a diverged model gives', () => {
  assert.throws(() => evaluation.argmax([]), /found no value/);
  assert.throws(() => evaluation.argmax([0.1, NaN]), /found NaN at index 1, .*diverged/);
});
