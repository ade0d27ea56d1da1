/** ReLU's gradient, run as TensorFlow's own operation. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf } from 'celeba-lab';
import { memoryGrowth } from './memory-growth';

test('the gradient of ReLU passes where the input is above 0, and nowhere else', () => {
  const x = tf.tensor2d([-2, -1e-30, 0, 1e-30, 3, -0], [2, 3]);
  const dy = tf.tensor2d([1, 2, 3, 4, -5, 6], [2, 3]);
  const gradient = tf.grad((input) => tf.relu(input))(x, dy);
  assert.deepEqual(Array.from(gradient.dataSync()), [0, 0, 0, 4, -5, 0]);
  assert.deepEqual(gradient.shape, [2, 3]);
});

test('a gradient of a gradient goes through ReLU', () => {
  // The slope of relu(x)^3 is 3 relu(x)^2, and that one's 6 relu(x).
  const slope = tf.grad((input) => tf.pow(tf.relu(input), 3).sum());
  const second = tf.grad((input) => slope(input).sum())(tf.tensor1d([-1, 0.5, 2]));
  assert.deepEqual(Array.from(second.dataSync()), [0, 3, 12]);
});

test('a layer with ReLU learns, and leaves no tensor behind', async () => {
  const dense = tf.layers.dense({ units: 4, activation: 'relu', kernelInitializer: 'ones', inputShape: [3] });
  const model = tf.sequential({ layers: [dense] });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  const [xs, ys] = [tf.ones([5, 3]), tf.ones([5, 4])];
  const losses: number[] = [];
  const step = async (): Promise<void> => void losses.push((await model.trainOnBatch(xs, ys)) as number);
  await step();
  const { tensorCount } = await memoryGrowth(step);
  assert.ok(losses[1] < losses[0], `loss ${losses[0]}, then ${losses[1]}`);
  assert.equal(tensorCount, 0);
});
