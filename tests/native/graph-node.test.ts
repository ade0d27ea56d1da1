/** Constants of TensorFlow graphs. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { native } from 'celeba-lab';

test('toBfloat16 rounds to the nearest, ties to even, as TensorFlow does', () => {
  const values = new Float32Array([1, -2.5, 1 + 2 ** -8, 1 + 3 * 2 ** -8, 1 + 2 ** -8 + 2 ** -20, 0]);
  assert.deepEqual([...native.toBfloat16(values)], [0x3f80, 0xc020, 0x3f80, 0x3f82, 0x3f81, 0]);
});
