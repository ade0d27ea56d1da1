/** Whether a model and a dataset belong together. */

import type { Dataset } from '../dataset/types';
import { InputError } from '../errors';
import type { ClassifierDescription } from '../model/classifier-description';

/**
 * Refuses to judge a model by photos of another data set, attribute or split: of another split, some may be among those it
 * was trained on. The outputs' order is part of the comparison.
 * @param trained description of the model
 * @param tested  the dataset, opened with the settings of this run
 * @throws        InputError naming the first thing that differs
 */
export function checkSameData(
  trained: Pick<ClassifierDescription, 'classNames' | 'attribute' | 'datasetName' | 'split'>,
  tested: Pick<Dataset, 'classNames' | 'attribute' | 'name' | 'split'>,
): void {
  const pairs: [what: string, trained: string | undefined, tested: string][] = [
    ['data set', trained.datasetName, tested.name],
    ['label', trained.attribute, tested.attribute],
    ['classes', trained.classNames.join(', '), tested.classNames.join(', ')],
    ['split', trained.split, tested.split],
  ];
  for (const [what, found, expected] of pairs) {
    if (found === undefined || found === expected) continue;
    throw new InputError({
      where: 'the trained model',
      found: `${what} ${found}`,
      expected: `${expected}, as in this run`,
      remedy: 'Train on this data first (notebook 3), or set DATASET, ATTRIBUTE and SPLIT as they were then',
    });
  }
}
