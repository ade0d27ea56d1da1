/** For tests of equal bits: a GPU's depend on the algorithms that its library chooses, in each process anew. */

import type { TestContext } from 'node:test';
import { tensorflow } from 'celeba-lab';

/** Skips the test, and says why, where TensorFlow computes on a GPU. */
export function skipsOnGpu(context: TestContext): boolean {
  const onGpu = tensorflow.describeDevice().kind === 'gpu';
  if (onGpu) context.skip('a GPU does not give equal bits');
  return onGpu;
}
