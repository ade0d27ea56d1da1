/** What a computation comes to, as numbers. */

import { tf } from './load';

/**
 * Runs a computation and frees all that it makes. `tf.tidy` by itself would look at each number of what it returns, for tensors.
 * @param compute gives a float32 tensor
 * @returns       its values, row by row
 */
export function valuesOf(compute: () => tf.Tensor): Float32Array {
  const output = tf.tidy(compute);
  try {
    return output.dataSync<'float32'>();
  } finally {
    output.dispose();
  }
}
