/** A model small enough for tests whose answers are known: bright pictures are class 1, dark ones class 0. */

import { photos, tf, type model } from 'celeba-lab';

/** Pictures of 32 x 24 pixels, prepared as for VGG16. */
export const TINY_FORMAT: photos.PhotoFormat = { ...photos.ARTICLE_FORMAT, height: 24, width: 32 };

/** What is saved beside the tiny model. */
export const TINY_DESCRIPTION: model.ClassifierDescription = {
  classNames: ['dark', 'bright'],
  format: TINY_FORMAT,
  attribute: 'brightness',
  datasetName: 'test pictures',
  drawn: false,
  head: 'sigmoid',
};

/** Mean of each channel, then two sigmoid units that read it as dark or bright; grey 123 lies between. */
export function brightnessModel(): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.globalAveragePooling2d({ inputShape: [24, 32, 3], name: 'mean' }));
  model.add(tf.layers.dense({ units: 2, activation: 'sigmoid', name: 'decision' }));
  const slope = tf.tensor2d([-0.02, 0.02, -0.02, 0.02, -0.02, 0.02], [3, 2]);
  model.getLayer('decision').setWeights([slope, tf.zeros([2])]);
  slope.dispose();
  return model;
}
