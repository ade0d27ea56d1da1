import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from 'celeba-lab';

test('InputError keeps its parts and says them in order: where, found, expected, what to do', () => {
  const parts = { where: 'BATCH', found: '"0"', expected: 'a whole number above 0', remedy: 'Set BATCH=12' };
  const error = new InputError(parts);
  assert.equal(error.message, 'BATCH: found "0", expected a whole number above 0. Set BATCH=12.');
  assert.deepEqual({ ...parts, name: 'InputError' }, { ...error });
});
