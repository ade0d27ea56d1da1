/** The command line of npm run bench. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from 'celeba-lab';
import { readOptions } from '../../scripts/bench/options';

test('without options the whole comparison is made', () => {
  assert.deepEqual(readOptions([]), { mode: 'compare', quick: false });
});

test('an unknown option and a stray word are refused by name', () => {
  assert.throws(
    () => readOptions(['--fast']),
    (error: Error) => error instanceof InputError && /--fast/.test(error.message),
  );
  assert.throws(() => readOptions(['quick']), InputError);
});
