/** The command line of npm run bench. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from 'celeba-lab';
import { readOptions } from '../../scripts/bench/options';

test('without options the whole comparison is made', () => {
  assert.deepEqual(readOptions([]), { mode: 'compare', quick: false, photos: undefined });
});

test('an unknown option and a stray word are refused by name', () => {
  assert.throws(
    () => readOptions(['--fast']),
    (error: Error) => error instanceof InputError && /--fast/.test(error.message),
  );
  assert.throws(() => readOptions(['quick']), /^InputError: npm run bench: found .*'quick'/);
});

test('--deepface takes a number of photos', () => {
  assert.deepEqual(readOptions(['--deepface', '--photos', '20']), { mode: 'deepface', quick: false, photos: 20 });
});

test('two modes at once and a number of photos that is none are refused', () => {
  assert.throws(() => readOptions(['--store', '--profile']), /--store and --profile/);
  assert.throws(() => readOptions(['--store', '--photos', 'many']), /--photos many/);
  assert.deepEqual(readOptions(['--store', '--photos', '500']), { mode: 'store', quick: false, photos: 500 });
});

test('--quick and --photos are refused where they would change nothing', () => {
  assert.throws(() => readOptions(['--store', '--quick']), /--quick and --store/);
  assert.throws(() => readOptions(['--peers', '--photos', '5']), /--photos and --peers/);
  assert.throws(() => readOptions(['--photos', '5']), /--photos by itself/);
  assert.deepEqual(readOptions(['--profile', '--quick']), { mode: 'profile', quick: true, photos: undefined });
});
