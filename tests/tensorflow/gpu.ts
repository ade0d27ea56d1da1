/** What tests need to know of GPUs. */

import type { TestContext } from 'node:test';
import { tf } from 'celeba-lab';
import { usesGpu } from 'celeba-lab/dist/tensorflow/device-observations';

/** Why a test of equal bits is skipped: a GPU's depend on the algorithms that its library chooses, in each process anew. */
export const NO_EQUAL_BITS = usesGpu() ? 'a GPU does not give equal bits' : false;

/** Until the test's end lib takes a CPU for a GPU, and a GPU for a CPU. */
export function pretendOtherDevice(context: TestContext): void {
  const backend = tf.backend() as unknown as { isUsingGpuDevice: boolean };
  const here = backend.isUsingGpuDevice;
  context.after(() => (backend.isUsingGpuDevice = here));
  backend.isUsingGpuDevice = !here;
}
