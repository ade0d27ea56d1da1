/** Adam run as TensorFlow's own operation, under tf.train.adam. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { random, tf } from 'celeba-lab';
import { memoryGrowth } from './memory-growth';

const RATE = 1e-2;
const EPSILON = 1e-7;
const SIZE = 50;

function numbers(seed: number, scale = 1): Float32Array {
  const draw = random.seededRandom(seed);
  return Float32Array.from({ length: SIZE }, () => scale * (draw() - 0.5));
}

/** The paper's algorithm 1, in double precision. */
function reference(start: Float32Array, gradients: Float32Array[]): number[] {
  return Array.from(start, (weight, i) => {
    let [m, v] = [0, 0];
    gradients.forEach((gradient, step) => {
      m = 0.9 * m + 0.1 * gradient[i];
      v = 0.999 * v + 0.001 * gradient[i] ** 2;
      const [mean, square] = [m / (1 - 0.9 ** (step + 1)), v / (1 - 0.999 ** (step + 1))];
      weight -= (RATE * mean) / (Math.sqrt(square) + EPSILON);
    });
    return weight;
  });
}

function step(adam: tf.Optimizer, weight: tf.Variable, gradient: Float32Array): void {
  tf.tidy(() => adam.applyGradients({ [weight.name]: tf.tensor1d(gradient) }));
}

function assertClose(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  const apart = Array.from(expected, (value, i) => Math.abs(found[i] - value));
  assert.ok(Math.max(...apart) < 1e-5, `up to ${Math.max(...apart)} apart`);
}

test('Adam moves weights as the paper says, epsilon after the bias correction, also for tiny gradients', () => {
  const gradients = Array.from({ length: 12 }, (_, i) => numbers(i + 1, i % 2 ? 1 : 1e-6));
  const weight = tf.variable(tf.tensor1d(numbers(99)));
  const adam = tf.train.adam(RATE, 0.9, 0.999, EPSILON);
  for (const gradient of gradients) step(adam, weight, gradient);
  assertClose(weight.dataSync(), reference(numbers(99), gradients));
});

test('Adam goes on from a weight that was set between two steps, and leaves copies of it alone', () => {
  const weight = tf.variable(tf.tensor1d(numbers(1)));
  const adam = tf.train.adam(RATE);
  step(adam, weight, numbers(2));
  tf.tidy(() => weight.assign(tf.tensor1d(numbers(3))));
  const copy = weight.clone();
  step(adam, weight, numbers(4));
  assert.deepEqual(copy.dataSync(), numbers(3));
  assert.ok(weight.dataSync().every((value, i) => Math.abs(value - numbers(3)[i]) < 3 * RATE));
});

test('Adam whose weights were saved and loaded goes on as one that never stopped', async () => {
  const [kept, moved] = [1, 2].map((seed) => tf.variable(tf.tensor1d(numbers(seed))));
  const [first, second] = [tf.train.adam(RATE), tf.train.adam(RATE)];
  for (const seed of [2, 3]) step(first, kept, numbers(seed));
  await second.setWeights(await first.getWeights());
  tf.tidy(() => moved.assign(kept.clone()));
  for (const seed of [4, 5])
    for (const [adam, weight] of [
      [first, kept],
      [second, moved],
    ] as const)
      step(adam, weight, numbers(seed));
  assertClose(moved.dataSync(), kept.dataSync());
});

test("Adam's steps leave no tensor behind, and dispose frees all that it held", async () => {
  const weight = tf.variable(tf.tensor1d(numbers(1)));
  const before = tf.memory().numTensors;
  const adam = tf.train.adam(RATE);
  step(adam, weight, numbers(2));
  const growth = await memoryGrowth(() => {
    for (let i = 0; i < 100; i++) step(adam, weight, numbers(i + 3));
  });
  assert.equal(growth.tensorCount, 0);
  adam.dispose();
  assert.equal(tf.memory().numTensors, before);
});

test('a training step repeated leaves no tensor and no growing process behind', async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [256] })] });
  model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
  const [x, y] = [tf.ones([64, 256]), tf.ones([64, 1])];
  await model.trainOnBatch(x, y);
  const growth = await memoryGrowth(async () => {
    for (let step = 0; step < 200; step++) await model.trainOnBatch(x, y);
  });
  assert.equal(growth.tensorCount, 0);
  assert.ok(growth.residentBytes < 64 * 2 ** 20, `resident memory grew by ${growth.residentBytes} bytes`);
});

test('Adam disposed of gives the memory of its moments back', async () => {
  // A weight and its two moments are 12 MB.
  const weight = tf.variable(tf.zeros([2 ** 20]));
  const gradient = new Float32Array(2 ** 20).fill(1);
  const stepOnce = (): void => {
    const adam = tf.train.adam(RATE);
    step(adam, weight, gradient);
    adam.dispose();
  };
  stepOnce();
  const growth = await memoryGrowth(() => {
    for (let i = 0; i < 40; i++) stepOnce();
  });
  weight.dispose();
  assert.equal(growth.tensorCount, 0);
  assert.ok(growth.residentBytes < 160 * 2 ** 20, `resident memory grew by ${growth.residentBytes} bytes`);
});
