/** Which class was taken for which. */

import { InputError } from '../errors';

/** Counts of labels against predictions; `plots.confusionMatrix` draws them. */
export interface ConfusionMatrix {
  /** Names of the classes, in the order of rows and columns. */
  classNames: string[];
  /** `counts[label][predicted]`: photos with that label and that prediction. */
  counts: number[][];
}

/**
 * Counts each pair of label and prediction.
 * @param labels     class index of each photo
 * @param predicted  predicted class index of each photo, in the same order
 * @param classNames by class index
 * @returns          a row for each label, a column for each predicted class, zeros included
 * @throws           InputError where the lengths differ or an index has no class name
 * @example          confusionMatrix([0, 0, 1], [0, 1, 1], ['Not male', 'Male']).counts // [[1, 1], [0, 1]]
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classNames: readonly string[],
): ConfusionMatrix {
  if (labels.length !== predicted.length) {
    throw new InputError({
      where: 'confusionMatrix',
      found: `${labels.length} labels and ${predicted.length} predictions`,
      expected: 'one prediction for each label',
      remedy: 'Give both lists in the same order of photos',
    });
  }
  const counts = classNames.map(() => classNames.map(() => 0));
  for (let i = 0; i < labels.length; i++) {
    checkIndex('label', labels[i], classNames);
    checkIndex('prediction', predicted[i], classNames);
    counts[labels[i]][predicted[i]]++;
  }
  return { classNames: [...classNames], counts };
}

function checkIndex(kind: string, index: number, classNames: readonly string[]): void {
  if (index in classNames) return;
  throw new InputError({
    where: `confusionMatrix, ${kind}`,
    found: `class index ${index}`,
    expected: `0 to ${classNames.length - 1}, an index of ${classNames.join(', ')}`,
    remedy: 'Give the class names of the dataset that the labels come from',
  });
}
