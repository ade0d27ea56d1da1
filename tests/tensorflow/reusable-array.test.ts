import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf } from 'celeba-lab';
import { reusableArray, tensorOf } from 'celeba-lab/dist/tensorflow/reusable-array';

test('a tensor keeps its values when its array is filled again, whatever the size and wherever the array lies', () => {
  // Lengths of one value to some megabytes, many of each, as memory begins elsewhere each time.
  for (const length of [1, 2, 16, 100, 1024, 4096, 100_000, 1_000_000]) {
    for (let round = 0; round < (length < 5000 ? 40 : 8); round++) {
      const array = reusableArray(length).fill(1);
      const tensor = tensorOf(array, [length]);
      const view = tensor.reshape([1, length]);
      array.fill(2);
      assert.equal(view.max().dataSync()[0], 1, `${length} values`);
      assert.equal(tensor.dataSync()[length - 1], 1, `${length} values`);
      tf.dispose([tensor, view]);
    }
  }
});

test('the first values of a reusable array make a tensor, too; other arrays are refused', () => {
  const array = reusableArray(6).fill(3);
  const tensor = tensorOf(array.subarray(0, 4), [2, 2]);
  array.fill(0);
  assert.deepEqual(tensor.arraySync(), [
    [3, 3],
    [3, 3],
  ]);
  assert.throws(() => tensorOf(new Float32Array(4), [4]), /reusableArray/);
  tensor.dispose();
});
