import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { InputError, SystemFault } from 'celeba-lab';
import { orInputError } from 'celeba-lab/dist/errors';

test('InputError keeps its parts and says them in order: where, found, expected, what to do', () => {
  const parts = { where: 'BATCH', found: '"0"', expected: 'a whole number above 0', remedy: 'Set BATCH=12' };
  const error = new InputError(parts);
  assert.equal(error.message, 'BATCH: found "0", expected a whole number above 0. Set BATCH=12.');
  assert.deepEqual({ ...parts, name: 'InputError' }, { ...error });
  assert.equal(inspect(error), `InputError: ${error.message}`);
});

test('orInputError returns a fault in the input, and lets a fault of the system pass', async () => {
  const parts = { where: 'a.jpg', found: 'x', expected: 'y', remedy: 'z' };
  const fault = new InputError(parts);
  assert.equal(await orInputError(Promise.reject(fault)), fault);
  await assert.rejects(orInputError(Promise.reject(new SystemFault(parts))), SystemFault);
});
