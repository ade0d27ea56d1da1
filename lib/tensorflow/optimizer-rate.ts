/** The learning rate of an optimizer that is at work: TensorFlow.js reads it at every step, but hides it from its types. */

import { InputError } from '../errors';
import type { tf } from './load';

/** The rate of an optimizer; undefined where it has none. */
export function rateOf(optimizer: tf.Optimizer): number | undefined {
  const { learningRate } = optimizer as unknown as { learningRate?: unknown };
  return typeof learningRate === 'number' ? learningRate : undefined;
}

/**
 * The rate of an optimizer that must have one.
 * @param optimizer such as a compiled model's
 * @throws          InputError where it has no learning rate
 */
export function learningRateOf(optimizer: tf.Optimizer): number {
  const rate = rateOf(optimizer);
  if (rate !== undefined) return rate;
  throw new InputError({
    where: 'optimizer',
    found: `${optimizer.getClassName()} without a learning rate`,
    expected: 'one with a learning rate',
    remedy: 'Compile the model with tf.train.adam(1e-3)',
  });
}

/**
 * Changes it from the next step on.
 * @param optimizer one that has a learning rate; moments and step count stay
 * @param rate      0 or more
 * @throws          InputError where it is anything else, or the optimizer has none
 */
export function setLearningRate(optimizer: tf.Optimizer, rate: number): void {
  learningRateOf(optimizer);
  if (!(rate >= 0 && rate < Infinity)) {
    throw new InputError({
      where: 'learning rate',
      found: String(rate),
      expected: '0 or more',
      remedy: 'Give such as 1e-3',
    });
  }
  const fields = optimizer as unknown as { learningRate: number; setLearningRate?: (rate: number) => void };
  // SGD and momentum keep a tensor of it.
  if (fields.setLearningRate) fields.setLearningRate(rate);
  else fields.learningRate = rate;
}
