/** Tensors and memory that a piece of work leaves behind. */

import { tf } from 'celeba-lab';

/** What grew while the work ran. */
export interface MemoryGrowth {
  /** Tensors that are still held, more than before. */
  tensorCount: number;
  /** Bytes in these tensors. */
  tensorBytes: number;
  /** Growth of the whole process's resident memory, native TensorFlow included: a flat tensor count alone proves no absence of leaks. */
  residentBytes: number;
}

/**
 * Runs a piece of work and says what it left behind.
 * @param work may be asynchronous; tensors it returns count as left behind
 * @example (await memoryGrowth(() => tf.tidy(() => void tf.ones([8]).square()))).tensorCount // 0
 */
export async function memoryGrowth(work: () => unknown): Promise<MemoryGrowth> {
  const tensors = tf.memory();
  const resident = process.memoryUsage.rss();
  await work();
  const after = tf.memory();
  return {
    tensorCount: after.numTensors - tensors.numTensors,
    tensorBytes: after.numBytes - tensors.numBytes,
    residentBytes: process.memoryUsage.rss() - resident,
  };
}
