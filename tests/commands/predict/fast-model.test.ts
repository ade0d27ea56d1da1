/** The model that answers many photos, against the one that answers few. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf, type model } from 'celeba-lab';
import { fastModel } from '../../../scripts/predict/fast-model';
import { TINY_DESCRIPTION } from '../../model/brightness-model';

function classifier(): model.SavedClassifier {
  const convolution = tf.layers.conv2d({ inputShape: [24, 32, 3], filters: 4, kernelSize: 3, activation: 'relu' });
  const layers = [convolution, tf.layers.globalAveragePooling2d({}), tf.layers.dense({ units: 2 })];
  return { ...TINY_DESCRIPTION, model: tf.sequential({ layers }) };
}

test('fastModel leaves the model as it is for a few photos', async () => {
  const own = classifier();
  assert.equal(await fastModel(own, 3), own);
});

test('fastModel gives the same outputs for many photos by another way, and keeps what is known of the model', async () => {
  const own = classifier();
  const fast = await fastModel(own, 1000);
  assert.notEqual(fast.model, own.model);
  assert.deepEqual({ ...fast, model: own.model }, own);
  const photos = tf.randomUniform([3, 24, 32, 3], -100, 100);
  const outputs = [fast, own].map((one) => (one.model.predictOnBatch(photos) as tf.Tensor).dataSync());
  assert.deepEqual(outputs[0], outputs[1]);
});
