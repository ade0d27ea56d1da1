/** From a model's outputs to the class it decides for. */

import { InputError } from '../errors';

/**
 * Index of the largest value; of equal ones the first.
 * @param values outputs of one photo, a number for each class, at least one
 * @returns      class index, 0 to values.length - 1
 * @throws       InputError where there is no value, or one is not a number
 * @example      argmax([0.1, 0.9]) // 1
 */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) throw unusable(`NaN at index ${i}`);
    if (values[i] > values[best]) best = i;
  }
  if (values.length === 0) throw unusable('no value');
  return best;
}

function unusable(found: string): InputError {
  return new InputError({
    where: 'argmax',
    found,
    expected: 'a number for each class',
    remedy: 'Check the model: its training may have diverged',
  });
}
