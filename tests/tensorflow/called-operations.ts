/** Which of TensorFlow's operations are called, by name. */

import { tf } from 'celeba-lab';

interface Binding {
  executeOp(name: string, ...rest: unknown[]): unknown;
}

/**
 * Runs a piece of work and tells which operations it called, in order.
 * @param work may be asynchronous
 */
export async function calledOperations(work: () => unknown): Promise<string[]> {
  const backend = tf.backend() as unknown as { binding: Binding };
  const { binding } = backend;
  const names: string[] = [];
  const executeOp = (name: string, ...rest: unknown[]): unknown => {
    names.push(name);
    return binding.executeOp(name, ...rest);
  };
  backend.binding = Object.create(binding, { executeOp: { value: executeOp } }) as Binding;
  try {
    await work();
  } finally {
    backend.binding = binding;
  }
  return names;
}
