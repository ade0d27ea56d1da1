/** A model and its fingerprint, of the same moment. */

import { InputError, model } from 'celeba-lab';

// A training replaces its model once, when it ends, and then adds the calibration to it.
const TRIES = 5;

/** A classifier, and what tells it from others. */
export interface LoadedModel {
  classifier: model.SavedClassifier;
  /** As `fingerprintOfClassifier` gives it for the files that were loaded. */
  fingerprint: string;
}

/**
 * Loads a classifier. A training that ends meanwhile replaces the files: then they are read once more, so that the
 * fingerprint is that of the weights in memory.
 * @param folder of the saved classifier
 * @throws       InputError where there is no model, it is damaged, or it is replaced again and again
 */
export async function loadModel(folder: string): Promise<LoadedModel> {
  for (let left = TRIES; left > 0; left--) {
    const fingerprint = await model.fingerprintOfClassifier(folder);
    const classifier = await model.loadClassifier(folder);
    if ((await model.fingerprintOfClassifier(folder)) === fingerprint) return { classifier, fingerprint };
    classifier.model.dispose();
  }
  throw new InputError({
    where: folder,
    found: 'a model that is being replaced again and again',
    expected: 'one that stays as it is',
    remedy: 'Wait until the training has ended',
  });
}
