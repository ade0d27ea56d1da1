/** Layers run as one TensorFlow graph, against the layers themselves. */

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { native, tf, vgg16 } from 'celeba-lab';
import { NO_EQUAL_BITS } from '../tensorflow/gpu';

const SHAPE = [40, 34, 3];

/** VGG16 with random weights and the article's head, frozen up to block4_pool. */
async function network(): Promise<tf.Sequential> {
  const vgg = await vgg16.VGG16({ includeTop: false, weights: null, inputShape: SHAPE, pooling: 'avg' });
  for (const layer of vgg.layers.slice(0, -5)) layer.trainable = false;
  const hidden = tf.layers.dense({ units: 8, activation: 'relu' });
  const outputs = tf.layers.dense({ units: 2, activation: 'sigmoid' });
  return tf.sequential({ layers: [vgg, hidden, tf.layers.batchNormalization(), outputs] });
}

function photos(count: number): tf.Tensor4D {
  return tf.randomUniform([count, ...SHAPE] as [number, number, number, number], -120, 150, 'float32', 7);
}

function bytesOf(values: tf.TypedArray): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

test("nativePredictor gives a trunk's features bit for bit", { skip: NO_EQUAL_BITS }, async () => {
  const { trunk } = vgg16.splitFrozen(await network());
  const predictor = await native.nativePredictor(trunk);
  const [found, expected] = [predictor, trunk].map((one) => (one.predictOnBatch(photos(3)) as tf.Tensor).dataSync());
  assert.ok(expected.some((value) => value > 0));
  assert.ok(bytesOf(found).equals(bytesOf(expected)));
  predictor.dispose();
});

test(
  'nativePredictor runs the head behind the convolutions and gives the answers of the whole model',
  { skip: NO_EQUAL_BITS },
  async () => {
    const model = await network();
    const predictor = await native.nativePredictor(model);
    const [found, expected] = [predictor, model].map((one) => (one.predictOnBatch(photos(3)) as tf.Tensor).dataSync());
    assert.deepEqual(found, expected);
    predictor.dispose();
  },
);

test('nativePredictor in bfloat16 gives features within 3 % of float32, and not the same', async () => {
  const { trunk } = vgg16.splitFrozen(await network());
  const predictor = await native.nativePredictor(trunk, 'bfloat16');
  const apart = tf.tidy(() => {
    const [found, expected] = [predictor, trunk].map((one) => one.predictOnBatch(photos(2)) as tf.Tensor);
    return found.sub(expected).abs().sum().div(expected.abs().sum()).dataSync()[0];
  });
  predictor.dispose();
  assert.ok(apart > 0 && apart < 0.03, `${apart} apart`);
});

test('nativePredictor runs layers that have no place in its graph as they are', async () => {
  const layers = [tf.layers.flatten({ inputShape: [4, 4, 1] }), tf.layers.dense({ units: 3 })];
  const model = tf.sequential({ layers });
  const predictor = await native.nativePredictor(model);
  const inputs = tf.ones([2, 4, 4, 1]);
  assert.deepEqual(predictor.predictOnBatch(inputs).dataSync(), (model.predict(inputs) as tf.Tensor).dataSync());
});

/** Models with convolutions whose layers form no chain, or in which a convolution has no place in the graph. */
function oddModels(): [string, tf.LayersModel][] {
  const input = tf.input({ shape: [6, 6, 2] });
  const convolution = (options: Partial<Parameters<typeof tf.layers.conv2d>[0]> = {}) =>
    tf.layers.conv2d({ filters: 2, kernelSize: 3, padding: 'same', ...options });
  const [shared, skipped] = [convolution(), convolution()];
  const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor) => layer.apply(x) as tf.SymbolicTensor;
  const twice = apply(shared, apply(shared, input));
  const around = tf.layers.add().apply([apply(skipped, input), input]) as tf.SymbolicTensor;
  const [dilated, bent] = [convolution({ dilationRate: 2 }), convolution({ activation: 'tanh' })];
  const dataFormat = 'channelsFirst';
  const pool = tf.layers.maxPooling2d({ poolSize: 2, dataFormat });
  const behind = (layer: tf.layers.Layer) => apply(layer, apply(convolution({ activation: 'relu' }), input));
  const inTheMidst = apply(convolution(), input);
  const outputs: [string, tf.SymbolicTensor | tf.SymbolicTensor[]][] = [
    ['a layer used twice', twice],
    ['a connection around a layer', around],
    ['a dilated convolution', behind(dilated)],
    ['a convolution with tanh', behind(bent)],
    ['a convolution whose channels come first', behind(convolution({ dataFormat }))],
    ['a pooling whose channels come first', behind(pool)],
    ['a second output in its midst', [inTheMidst, apply(convolution(), inTheMidst)]],
  ];
  return outputs.map(([name, output]) => [name, tf.model({ inputs: input, outputs: output })]);
}

for (const [name, model] of oddModels()) {
  test(`nativePredictor gives the answers of a model with ${name}`, async () => {
    const predictor = await native.nativePredictor(model);
    const inputs = tf.randomNormal([2, 6, 6, 2], 0, 1, 'float32', 5);
    const [found, expected] = [predictor, model].map((one) =>
      [one.predictOnBatch(inputs)].flat().flatMap((output) => [...output.dataSync()]),
    );
    assert.equal(found.length, expected.length);
    found.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-5, `${value} instead of ${expected[i]}`));
    predictor.dispose();
  });
}

test('nativePredictor leaves no tensor and no file behind', async () => {
  const { trunk } = vgg16.splitFrozen(await network());
  const before = tf.memory().numTensors;
  const predictor = await native.nativePredictor(trunk);
  const inputs = photos(1);
  tf.dispose([predictor.predictOnBatch(inputs), inputs]);
  predictor.dispose();
  assert.equal(tf.memory().numTensors, before);
  const left = (await readdir(tmpdir())).filter((name) => name.startsWith(`celeba-lab-graph-${process.pid}-`));
  assert.deepEqual(left, []);
});
