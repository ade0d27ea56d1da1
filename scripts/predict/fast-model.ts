/** A model for many photos: the same answers, in less time for each. */

import { native, type faces, type model } from 'celeba-lab';

// Making the graph takes as long as it saves on about so many photos.
const MANY_PHOTOS = 100;

/**
 * The classifier itself for few photos; for many, with its convolutions as one TensorFlow graph.
 * @param classifier stays the caller's, and must live as long as the result
 * @param count      photos that it shall answer
 */
export async function fastModel(classifier: model.SavedClassifier, count: number): Promise<faces.FaceClassifier> {
  if (count < MANY_PHOTOS) return classifier;
  return { ...classifier, model: await native.nativePredictor(classifier.model) };
}
