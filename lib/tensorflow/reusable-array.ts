/** Arrays that are filled again while the tensors that were made of them live on. */

import { tf } from './load';

// TensorFlow shares the memory of an array that begins at a multiple of 64 bytes, and copies any other (TF_NewTensor in
// tensorflow/c/tf_tensor.cc). Buffers begin at a multiple of 16, so an array 4 bytes behind its buffer's begin is always copied.
const OFFSET_BYTES = 4;

/**
 * An array for `tensorOf`, to be kept and filled again.
 * @param length values, at least 1
 */
export function reusableArray(length: number): Float32Array {
  return new Float32Array(new ArrayBuffer(OFFSET_BYTES + 4 * length), OFFSET_BYTES, length);
}

/**
 * A tensor of a copy of the values. TensorFlow.js alone would keep the array until an operation needs it; one on a single
 * value makes TensorFlow take them over at once.
 * @param values what `reusableArray` returned, or its first values
 * @param shape  at least one dimension, none of them 0
 * @throws       Error where the array is another, which would be shared
 */
export function tensorOf(values: Float32Array, shape: readonly number[]): tf.Tensor {
  if (values.byteOffset !== OFFSET_BYTES) throw new Error('tensorOf takes arrays that reusableArray made');
  const tensor = tf.tensor(values, [...shape]);
  const one = shape.map(() => 1);
  tf.tidy(
    () =>
      void tensor.slice(
        shape.map(() => 0),
        one,
      ),
  );
  return tensor;
}
