import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alignRows } from 'celeba-lab/dist/dataset/join-rows';

test('alignRows gives the values of a table in the same order as they are', () => {
  const values = Int32Array.of(4, 5);
  assert.equal(alignRows(['a', 'b'], { files: ['a', 'b'], values }).values, values);
});

test('alignRows brings another order into the wanted one, and names what is too much', () => {
  const { values, extra } = alignRows(['a', 'b', 'c'], { files: ['c', 'x', 'a'], values: [3, 9, 1] });
  assert.deepEqual([values, extra], [[1, undefined, 3], ['x']]);
});
