/** What one must know of a model to read its answers, in sentences. */

import { evaluation, type model } from 'celeba-lab';

/** What a label means, and how the numbers beside it are to be read. */
export function meaningOf(classifier: model.SavedClassifier): string {
  const apart = classifier.head === 'sigmoid' && classifier.calibration === undefined;
  const outputs = apart ? ' Each class is judged for itself: percentages need not add up to 100.' : '';
  return `${evaluation.labelMeaning(classifier)}${outputs}`;
}

/**
 * That a model is as notebook 3 leaves it; undefined once notebook 4 has calibrated it.
 * @param folder of the saved model
 */
export function uncalibratedSentence(
  folder: string,
  { calibration }: Pick<model.SavedClassifier, 'calibration'>,
): string | undefined {
  if (calibration !== undefined) return undefined;
  return (
    `${folder}: the model has no calibration, so its probabilities aren't calibrated and it answers also where it is ` +
    'unsure. Notebook 4 calibrates it: npm start -- 04, with the variables of the training.'
  );
}
