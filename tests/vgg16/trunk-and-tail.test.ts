import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf, vgg16 } from 'celeba-lab';

function smallNetwork(frozen: string[]): tf.Sequential {
  const input = tf.input({ shape: [8, 8, 3] });
  const names = ['first', 'second', 'third'];
  const output = names.reduce((x, name) => {
    const layer = tf.layers.conv2d({ name, filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' });
    layer.trainable = !frozen.includes(name);
    return layer.apply(x) as tf.SymbolicTensor;
  }, input);
  const base = tf.model({ inputs: input, outputs: output });
  base.layers[0].trainable = frozen.length === 0;
  return tf.sequential({ layers: [base, tf.layers.flatten(), tf.layers.dense({ units: 2 })] });
}

test('splitFrozen gives two models that together compute what the whole computes', () => {
  const model = smallNetwork(['first', 'second']);
  const { trunk, tail } = vgg16.splitFrozen(model);
  const photos = tf.randomUniform([5, 8, 8, 3], 0, 1, 'float32', 1);
  const whole = model.predict(photos) as tf.Tensor;
  const inTwo = tail.predict(trunk.predict(photos)) as tf.Tensor;
  assert.ok(whole.sub(inTwo).abs().max().dataSync()[0] < 1e-6);
});

test('splitFrozen shares the trainable weights: training the tail trains the model, the trunk stays', async () => {
  const model = smallNetwork(['first', 'second']);
  const { trunk, tail } = vgg16.splitFrozen(model);
  const before = model.getWeights().map((weight) => weight.dataSync().slice());
  const trunkBefore = trunk.getWeights().map((weight) => weight.dataSync().slice());
  tail.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  await tail.fit(tf.ones([4, 8, 8, 4]), tf.ones([4, 2]), { epochs: 1, verbose: 0 });
  assert.notDeepEqual(
    model.getWeights().map((weight) => weight.dataSync()),
    before,
  );
  assert.deepEqual(
    trunk.getWeights().map((weight) => weight.dataSync()),
    trunkBefore,
  );
});

test('optimizer, tail and model disposed of in this order leave no tensor behind', async () => {
  const before = tf.memory().numTensors;
  const model = smallNetwork(['first', 'second']);
  const { tail } = vgg16.splitFrozen(model);
  const optimizer = tf.train.adam(0.01);
  tail.compile({ optimizer, loss: 'meanSquaredError' });
  const [xs, ys] = [tf.ones([4, 8, 8, 4]), tf.ones([4, 2])];
  await tail.fit(xs, ys, { epochs: 1, verbose: 0 });
  tf.dispose([xs, ys]);
  optimizer.dispose();
  tail.dispose();
  model.dispose();
  assert.equal(tf.memory().numTensors, before);
});

test('a model whose tail was disposed of still predicts, and can be split again', () => {
  const model = smallNetwork(['first', 'second']);
  const photos = tf.randomUniform([2, 8, 8, 3], 0, 1, 'float32', 1);
  const before = (model.predict(photos) as tf.Tensor).dataSync();
  vgg16.splitFrozen(model).tail.dispose();
  assert.deepEqual((model.predict(photos) as tf.Tensor).dataSync(), before);
  const { trunk, tail } = vgg16.splitFrozen(model);
  assert.deepEqual((tail.predict(trunk.predict(photos)) as tf.Tensor).dataSync(), before);
});

for (const [frozen, reason, found] of [
  [[], 'no frozen layer', /^InputError: layers of \w+: found no frozen layer, expected frozen layers first/],
  [
    ['first', 'third'],
    'a layer frozen above a trainable one',
    /found third frozen above a trainable layer, expected frozen/,
  ],
] as const) {
  test(`splitFrozen refuses ${reason}`, () => {
    assert.throws(() => vgg16.splitFrozen(smallNetwork([...frozen])), found);
  });
}

/** How far apart the model's answers and those of its two parts are. */
function apartInTwo(model: tf.Sequential): number {
  const { trunk, tail } = vgg16.splitFrozen(model);
  const photos = tf.randomUniform([2, 8, 8, 3], 0, 1, 'float32', 1);
  const [whole, inTwo] = [model.predict(photos), tail.predict(trunk.predict(photos))] as tf.Tensor[];
  return whole.sub(inTwo).abs().max().dataSync()[0];
}

test('splitFrozen cuts a wholly frozen base at its end', () => {
  const model = smallNetwork(['first', 'second', 'third']);
  assert.ok(apartInTwo(model) < 1e-6);
  const { trunk, tail } = vgg16.splitFrozen(model);
  assert.deepEqual(trunk.outputShape, [null, 8, 8, 4]);
  assert.equal(tail.trainableWeights.length, 2);
});

test('splitFrozen needs the convolutions frozen, not the layers without weights between them', () => {
  const convolution = (trainable: boolean) =>
    tf.layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', trainable });
  const pool = () => tf.layers.maxPooling2d({ poolSize: 2, strides: 1 });
  const input = tf.input({ shape: [8, 8, 3] });
  const layers = [convolution(false), pool(), convolution(false), pool(), convolution(true)];
  const outputs = layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, input);
  const base = tf.model({ inputs: input, outputs });
  base.layers[0].trainable = true;
  const model = tf.sequential({ layers: [base, tf.layers.flatten()] });
  assert.ok(apartInTwo(model) < 1e-6);
  // Behind the second convolution, before its pooling.
  assert.deepEqual(vgg16.splitFrozen(model).trunk.outputShape, [null, 7, 7, 4]);
});
