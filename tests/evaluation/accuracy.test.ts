import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluation, tf } from 'celeba-lab';

const LABELS = [0, 1, 1, 0, 1, 0, 0, 1];
const OUTPUTS = LABELS.map((_, i) => [Math.abs(Math.sin(3 * i + 1)), Math.abs(Math.cos(5 * i))]);

test('accuracy is the share of photos whose predicted class is their label', () => {
  assert.equal(evaluation.accuracy([0, 1, 1, 0], [0, 1, 0, 0]), 0.75);
  assert.equal(evaluation.countHits([0, 1, 1, 0], [0, 1, 0, 0]), 3);
});

test('accuracy agrees with TensorFlow.js categoricalAccuracy of the outputs', () => {
  const expected = tf.tidy(() => {
    const labels = tf.oneHot(LABELS, 2);
    return tf.metrics.categoricalAccuracy(labels, tf.tensor2d(OUTPUTS)).mean().dataSync()[0];
  });
  const predicted = OUTPUTS.map((outputs) => evaluation.argmax(outputs));
  assert.equal(evaluation.accuracy(LABELS, predicted), expected);
});

test('accuracy refuses lists of different lengths and no photos', () => {
  assert.throws(() => evaluation.accuracy([0, 1], [0]), /found 2 labels and 1 predictions/);
  assert.throws(() => evaluation.accuracy([], []), /at least one/);
});

test('countHits of no photo is 0, and it refuses lists of different lengths', () => {
  assert.equal(evaluation.countHits([], []), 0);
  for (const [labels, predicted] of [
    [[], [1, 2]],
    [[1, 2], []],
    [[1, 2], [1]],
  ])
    assert.throws(() => evaluation.countHits(labels, predicted), {
      name: 'InputError',
      where: 'countHits',
      found: `${labels.length} labels and ${predicted.length} predictions`,
    });
});
