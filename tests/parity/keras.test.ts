/**
 * VGG16 and its training against numbers that Keras 3 computed: see keras_numbers.py for how to obtain them again.
 *
 * Where tfjs differs from Keras, and what it means here:
 * - Adam: tfjs adds epsilon after the bias correction, Keras before it, so that in the first steps Keras moves weights with
 *   tiny gradients less. This alone makes the losses of ten steps at 1e-5 differ by up to 2.5e-4: Keras with tfjs's formula
 *   gets tfjs's losses.
 * - First weights: Keras's default is Glorot uniform, that of tfjs's dense and convolution layers Glorot normal. Here both
 *   start from a formula.
 * - Batch normalization with trainable = false still uses the batch's statistics in tfjs; here it is trained.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf, vgg16 } from 'celeba-lab';
import numbers from './keras-numbers.json';
import { formulaPhotos } from './parity-inputs';
import { frozenToBlock4, tenLosses } from './ten-steps';

const SHAPE = [178, 218, 3];
const BATCH = 12;
const SAMPLE_EVERY = 997;
const { VGG16, splitFrozen } = vgg16;

test("these are the weights of Keras's numbers", () => assert.equal(vgg16.IMAGENET_CHECKSUM, numbers.weights));

test("VGG16's features of a fixed photo are Keras's within 1e-3 of each value", async () => {
  const network = await VGG16({ includeTop: false, weights: 'imagenet', inputShape: SHAPE, pooling: 'avg' });
  const outputs = [network.getLayer('block4_pool').output as tf.SymbolicTensor, network.outputs[0]];
  const both = tf.model({ inputs: network.inputs, outputs });
  const [block4, average] = tf.tidy(() =>
    (both.predict(formulaPhotos(1, SHAPE)) as tf.Tensor[]).map((output) => [...output.dataSync()]),
  );
  network.dispose();
  const expected = numbers.features;
  assertClose(average, expected.average);
  assertClose(
    block4.filter((_, index) => index % SAMPLE_EVERY === 0),
    expected.block4Sample,
  );
  assertClose([block4.reduce((sum, value) => sum + value)], [expected.block4Sum]);
  assertClose([block4.filter((value) => value > 0).length], [expected.block4Positive]);
});

test("ten training steps from the frozen part's features have Keras's losses within 1e-3", async () => {
  const { trunk, tail } = splitFrozen(await frozenToBlock4(SHAPE));
  const losses = await tenLosses(tail, trunk.predict(formulaPhotos(BATCH, SHAPE)) as tf.Tensor);
  assertLosses(losses, numbers.losses);
});

test("tfjs's Adam adds epsilon after the bias correction, unlike Keras's", () => {
  const [gradient, rate, epsilon] = [1e-6, 1e-3, 1e-7];
  const weight = tf.variable(tf.tensor1d([0]));
  tf.train.adam(rate).minimize(() => weight.mul(gradient).sum<tf.Scalar>(), false, [weight]);
  const keras = (rate * Math.sqrt(0.001) * gradient) / (Math.sqrt(0.001) * gradient + epsilon);
  assertClose([...weight.dataSync()], [(-rate * gradient) / (gradient + epsilon)]);
  assertClose([numbers.adamStep], [-keras]);
});

function assertClose(found: readonly number[], expected: readonly number[]): void {
  assert.equal(found.length, expected.length);
  const far = expected.findIndex((value, index) => !(Math.abs(found[index] - value) <= 1e-3 * Math.abs(value)));
  assert.equal(far, -1, `value ${far}: found ${found[far]}, expected ${expected[far]}`);
}

function assertLosses(found: readonly number[], expected: readonly number[]): void {
  const apart = expected.map((value, step) => Math.abs(found[step] - value));
  assert.ok(Math.max(...apart) < 1e-3, `found ${found.join()}, expected ${expected.join()}`);
}
