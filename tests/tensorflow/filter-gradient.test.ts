/** The gradient of a convolution's filter as a product of matrices: the numbers of TensorFlow's own operation. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf } from 'celeba-lab';
import { filterGradient, lacksAvx512, type FilterGradientInputs } from 'celeba-lab/dist/tensorflow/filter-gradient';
import { calledOperations } from './called-operations';

type Shape = [number, number, number, number];

/** By TensorFlow's own operation, which `tf.grads` calls for so few channels. */
function ownGradient({ x, dy, filterShape, pad }: FilterGradientInputs): tf.Tensor {
  const gradients = tf.grads((input, filter) => tf.conv2d(input as tf.Tensor4D, filter as tf.Tensor4D, 1, pad));
  return gradients([x, tf.zeros(filterShape)], dy)[1];
}

for (const { pad, filterShape, output } of [
  { pad: 'same', filterShape: [3, 3, 5, 4], output: [2, 6, 7, 4] },
  { pad: 'valid', filterShape: [3, 2, 5, 4], output: [2, 4, 6, 4] },
  { pad: 'same', filterShape: [3, 3, 5, 1], output: [2, 6, 7, 1] },
] as { pad: 'same' | 'valid'; filterShape: Shape; output: Shape }[]) {
  test(`a filter of ${filterShape.join(' x ')}, padding ${pad}: as TensorFlow's operation gives it`, () => {
    const x = tf.randomNormal<tf.Rank.R4>([2, 6, 7, 5], 0, 1, 'float32', 1);
    const dy = tf.randomNormal<tf.Rank.R4>(output, 0, 1, 'float32', 2);
    const given = { x, dy, filterShape, pad };
    const before = tf.memory().numTensors;
    const gradient = filterGradient(tf, given);
    assert.equal(tf.memory().numTensors, before + 1);
    assert.deepEqual(gradient.shape, filterShape);
    assert.ok(tf.max(tf.abs(tf.sub(gradient, ownGradient(given)))).dataSync()[0] < 1e-5);
  });
}

test('a CPU lacks AVX-512 where it has AVX2 and not AVX-512; of one that tells nothing nothing is known', () => {
  assert.ok(lacksAvx512('processor\t: 0\nflags\t\t: fpu sse2 avx avx2 fma\n'));
  assert.ok(!lacksAvx512('processor\t: 0\nflags\t\t: fpu avx2 avx512f avx512_bf16\n'));
  assert.ok(!lacksAvx512('processor\t: 0\nFeatures\t: fp asimd\n'));
  assert.ok(!lacksAvx512(''));
});

test('a wide convolution on small maps learns by either way; one on large maps never copies its patches', async () => {
  const operations = async (shape: Shape): Promise<string[]> => {
    const [x, filter] = [tf.ones(shape), tf.ones([3, 3, shape[3], 256])];
    const gradient = tf.grad((weights) => tf.conv2d(x as tf.Tensor4D, weights as tf.Tensor4D, 1, 'same'));
    return calledOperations(() => tf.dispose(gradient(filter)));
  };
  const small = await operations([1, 2, 2, 256]);
  assert.ok(small.includes('Conv2DBackpropFilter') !== small.includes('ExtractImagePatches'), small.join());
  assert.ok((await operations([1, 90, 90, 256])).includes('Conv2DBackpropFilter'));
  assert.ok((await operations([1, 2, 2, 8])).includes('Conv2DBackpropFilter'));
});

test('a wide convolution that moves by two pixels learns by TensorFlow’s own operation', async () => {
  const [x, filter] = [tf.ones<tf.Rank.R4>([1, 4, 4, 256]), tf.ones<tf.Rank.R4>([3, 3, 256, 256])];
  const gradient = tf.grad((weights) => tf.conv2d(x, weights as tf.Tensor4D, 2, 'same'));
  const operations = await calledOperations(() => tf.dispose(gradient(filter)));
  assert.ok(operations.includes('Conv2DBackpropFilter') && !operations.includes('ExtractImagePatches'));
});
