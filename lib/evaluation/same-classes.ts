/** Whether a model and a dataset speak of the same classes. */

import { InputError } from '../errors';

/**
 * Refuses to compare a model's answers with labels of other classes; the outputs' order is part of the comparison.
 * @param trained class names of the model, in the order of its outputs
 * @param tested  class names of the dataset, by label
 * @throws        InputError where they differ
 */
export function checkSameClasses(trained: readonly string[], tested: readonly string[]): void {
  if (trained.length === tested.length && trained.every((name, index) => name === tested[index])) return;
  throw new InputError({
    where: 'the trained model',
    found: `classes ${trained.join(', ')}`,
    expected: `${tested.join(', ')}, as in the dataset`,
    remedy: 'Train on this dataset first (notebook 3), or set DATASET and ATTRIBUTE as they were then',
  });
}
