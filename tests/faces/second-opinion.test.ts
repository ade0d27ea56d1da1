import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faces, tf } from 'celeba-lab';

test('opinionOn computes the logits that the trained layer computes', async () => {
  const dense = tf.layers.dense({ units: 2, inputShape: [3], biasInitializer: 'randomNormal' });
  const linear = tf.sequential({ layers: [dense] });
  const opinion = faces.opinionOn([0.5, -1, 2], await faces.linearOf(linear));
  const expected = (linear.predict(tf.tensor2d([[0.5, -1, 2]])) as tf.Tensor2D).dataSync();
  assert.equal(opinion.length, 2);
  opinion.forEach((logit, k) => assert.ok(Math.abs(logit - expected[k]) < 1e-5, `${logit}, ${expected[k]}`));
});

test('linearOf leaves the model its weights, and no tensor behind', async () => {
  const linear = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
  const { numTensors } = tf.memory();
  const first = await faces.linearOf(linear);
  assert.deepEqual(await faces.linearOf(linear), first);
  assert.equal(tf.memory().numTensors, numTensors);
});

test('linearOf refuses a model of two layers, and a layer without a bias', async () => {
  const two = tf.sequential({
    layers: [tf.layers.dense({ units: 4, inputShape: [3] }), tf.layers.dense({ units: 2 })],
  });
  const bare = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3], useBias: false })] });
  for (const model of [two, bare]) await assert.rejects(faces.linearOf(model), /one Dense layer with a bias/);
});
