/** Accuracy as the notebooks count it: whether the largest output is the right one. */

import { InputError } from '../errors';

/**
 * Share of photos whose predicted class is their label.
 * @param labels    class index of each photo, at least one
 * @param predicted predicted class index of each photo, in the same order
 * @returns         0 to 1
 * @throws          InputError where there is no photo or the lengths differ
 * @example         accuracy([0, 1, 1, 0], [0, 1, 0, 0]) // 0.75
 */
export function accuracy(labels: ArrayLike<number>, predicted: ArrayLike<number>): number {
  checkPairs('accuracy', labels.length, predicted.length);
  return countHits(labels, predicted) / labels.length;
}

/**
 * Number of photos whose predicted class is their label.
 * @param labels    class index of each photo
 * @param predicted predicted class index of each photo, in the same order
 * @returns         0 to labels.length
 * @throws          InputError where the lengths differ
 * @example         countHits([0, 1, 1, 0], [0, 1, 0, 0]) // 3
 */
export function countHits(labels: ArrayLike<number>, predicted: ArrayLike<number>): number {
  // No photo has no hit; predictions without labels are a mistake.
  if (labels.length + predicted.length > 0) checkPairs('countHits', labels.length, predicted.length);
  let hits = 0;
  for (let i = 0; i < labels.length; i++) hits += labels[i] === predicted[i] ? 1 : 0;
  return hits;
}

function checkPairs(where: string, labels: number, predictions: number): void {
  if (labels > 0 && labels === predictions) return;
  throw new InputError({
    where,
    found: `${labels} labels and ${predictions} predictions`,
    expected: 'one prediction for each label, and at least one',
    remedy: 'Give both lists in the same order of photos',
  });
}
