/** Two things that "accuracy" means: whether the largest output is the right one, and whether each output is. */

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

/**
 * Share of single outputs on the right side of 0.5: what TensorFlow.js and older Keras log as `acc` for sigmoid units
 * with binary cross-entropy. Keras 3 and `accuracy` above compare the largest output with the label instead.
 * @param labels        class index of each photo, at least one
 * @param probabilities outputs of each photo, a number for each class, in the same order
 * @returns             0 to 1
 * @throws              InputError where there is no photo or the lengths differ
 * @example             binaryAccuracy([0, 1], [[0.9, 0.6], [0.2, 0.7]]) // 0.75
 */
export function binaryAccuracy(labels: ArrayLike<number>, probabilities: ArrayLike<readonly number[]>): number {
  checkPairs('binaryAccuracy', labels.length, probabilities.length);
  let right = 0;
  let outputs = 0;
  for (let i = 0; i < labels.length; i++) {
    outputs += probabilities[i].length;
    right += probabilities[i].filter((probability, unit) => probability > 0.5 === (unit === labels[i])).length;
  }
  return right / outputs;
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
