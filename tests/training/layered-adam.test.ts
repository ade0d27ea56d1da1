import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError, tf, training } from 'celeba-lab';

interface TwoLayers {
  model: tf.Sequential;
  base: tf.layers.Layer;
  head: tf.layers.Layer;
}

function twoLayers(): TwoLayers {
  const seeded = (seed: number) => tf.initializers.glorotUniform({ seed });
  const base = tf.layers.dense({ units: 4, inputShape: [3], activation: 'tanh', kernelInitializer: seeded(1) });
  const head = tf.layers.dense({ units: 2, activation: 'sigmoid', kernelInitializer: seeded(2) });
  return { model: tf.sequential({ layers: [base, head] }), base, head };
}

/** Five steps on the same four rows; the weights after each. */
async function fiveSteps(model: tf.LayersModel, optimizer: tf.Optimizer): Promise<number[][][]> {
  model.compile({ optimizer, loss: 'binaryCrossentropy' });
  const [xs, ys] = [tf.randomNormal([4, 3], 0, 1, 'float32', 5), tf.tensor2d([0, 1, 1, 0, 1, 0, 0, 1], [4, 2])];
  const after: number[][][] = [];
  for (let step = 0; step < 5; step++) {
    await model.trainOnBatch(xs, ys);
    after.push(model.getWeights().map((weight) => Array.from(weight.dataSync())));
  }
  tf.dispose([xs, ys]);
  return after;
}

/** The step with two plain Adams, written out: gradients of all weights, then each Adam moves its own. */
function byHand(model: tf.LayersModel, adams: [tf.Optimizer, tf.Optimizer]): number[][][] {
  const [xs, ys] = [tf.randomNormal([4, 3], 0, 1, 'float32', 5), tf.tensor2d([0, 1, 1, 0, 1, 0, 0, 1], [4, 2])];
  const after: number[][][] = [];
  for (let step = 0; step < 5; step++) {
    const { grads, value } = tf.variableGrads(() => {
      const outputs = (model.apply(xs, { training: true }) as tf.Tensor).clipByValue(1e-7, 1 - 1e-7);
      return tf.losses.logLoss(ys, outputs, undefined, 0).asScalar();
    });
    const named = Object.entries(grads).map(([name, tensor]) => ({ name, tensor }));
    const ofBase = new Set(model.layers[0].trainableWeights.map(({ name }) => name));
    adams[0].applyGradients(named.filter(({ name }) => ofBase.has(name)));
    adams[1].applyGradients(named.filter(({ name }) => !ofBase.has(name)));
    tf.dispose([value, grads]);
    after.push(model.getWeights().map((weight) => Array.from(weight.dataSync())));
  }
  return after;
}

function assertClose(found: number[][][], wanted: number[][][]): void {
  found.flat(2).forEach((value, i) => assert.ok(Math.abs(value - wanted.flat(2)[i]) < 1e-5, `${value}`));
}

test('LayeredAdam moves each group of layers as a plain Adam of its rate would', async () => {
  const { model, base, head } = twoLayers();
  const groups = [
    { layers: [base], learningRate: 0.01 },
    { layers: [head], learningRate: 0.1 },
  ];
  const found = await fiveSteps(model, new training.LayeredAdam(groups));
  assertClose(found, byHand(twoLayers().model, [tf.train.adam(0.01), tf.train.adam(0.1)]));
});

test('LayeredAdam whose learningRate is set changes all groups in proportion', () => {
  const { base, head } = twoLayers();
  const optimizer = new training.LayeredAdam([
    { layers: [head], learningRate: 0.1 },
    { layers: [base], learningRate: 0.01 },
  ]);
  optimizer.learningRate = 0.05;
  const [first, second] = optimizer.learningRates;
  assert.equal(first, 0.05);
  assert.ok(Math.abs(second - 0.005) < 1e-12);
});

test('LayeredAdam given its first rate again has all its first rates, to the last bit, also after a rate of 0', () => {
  const { base, head } = twoLayers();
  const optimizer = new training.LayeredAdam([
    { layers: [head], learningRate: 1e-3 },
    { layers: [base], learningRate: 3e-4 },
  ]);
  for (let step = 0; step < 300; step++)
    optimizer.learningRate = 1e-3 * training.warmupCosine(step, { steps: 300, end: 0 });
  assert.deepEqual(optimizer.learningRates, [0, 0]);
  assert.deepEqual(optimizer.getConfig().learningRates, [1e-3, 3e-4]);
  optimizer.learningRate = 1e-3;
  assert.deepEqual(optimizer.learningRates, [1e-3, 3e-4]);
});

test('LayeredAdam scales gradients beyond clipNorm down to it, all by one factor, and leaves smaller ones and no tensor', () => {
  const { model, base, head } = twoLayers();
  const layers = [{ layers: [base, head], learningRate: 0.1 }];
  const names = model.trainableWeights.map(({ name }) => name);
  const weights = model.trainableWeights.map((weight) => weight.read());
  for (const [size, clipNorm] of [
    [100, 5],
    [0.001, 5],
  ]) {
    const given: { name: string; tensor: tf.Tensor }[][] = [];
    const optimizer = new training.LayeredAdam(layers, { clipNorm });
    const [adam] = (optimizer as unknown as { parts: { adam: tf.AdamOptimizer }[] }).parts.map((part) => part.adam);
    adam.applyGradients = (gradients) => {
      given.push((gradients as (typeof given)[0]).map(({ name, tensor }) => ({ name, tensor: tensor.clone() })));
    };
    const gradients = names.map((name, i) => ({ name, tensor: tf.fill(weights[i].shape, size) }));
    const before = tf.memory().numTensors;
    optimizer.applyGradients(gradients);
    const values = given[0].flatMap(({ tensor }) => [...tensor.dataSync()]);
    const norm = Math.hypot(...values);
    assert.ok(Math.abs(norm - Math.min(clipNorm, size * Math.sqrt(values.length))) < 1e-4, `${norm}`);
    assert.ok(values.every((value) => Math.abs(value - values[0]) < 1e-6));
    tf.dispose(given[0].map(({ tensor }) => tensor));
    assert.equal(tf.memory().numTensors, before);
    tf.dispose(gradients.map(({ tensor }) => tensor));
    optimizer.dispose();
  }
});

test('LayeredAdam refuses a clipNorm that would stop training or turn it round', () => {
  const { base, head } = twoLayers();
  for (const clipNorm of [0, -1, NaN])
    assert.throws(
      () => new training.LayeredAdam([{ layers: [base, head], learningRate: 0.1 }], { clipNorm }),
      /clipNorm/,
    );
});

test('LayeredAdam refuses a rate that would stop a group or turn it round', () => {
  const { base, head } = twoLayers();
  for (const learningRate of [0, -1e-3, NaN]) {
    const groups = [
      { layers: [head], learningRate: 0.1 },
      { layers: [base], learningRate },
    ];
    assert.throws(() => new training.LayeredAdam(groups), /^InputError: LayeredAdam, learningRate: found .* above 0/);
  }
});

test('LayeredAdam given the state of another goes on as that one would', async () => {
  const { model, base, head } = twoLayers();
  const groups = (layers: TwoLayers) => [
    { layers: [layers.head], learningRate: 0.1 },
    { layers: [layers.base], learningRate: 0.01 },
  ];
  const optimizer = new training.LayeredAdam(groups({ model, base, head }));
  await fiveSteps(model, optimizer);
  const copy = twoLayers();
  copy.model.setWeights(model.getWeights());
  const goesOn = new training.LayeredAdam(groups(copy));
  await goesOn.loadState(await optimizer.saveState());
  assert.equal(goesOn.iterations, 5);
  assertClose(await fiveSteps(copy.model, goesOn), await fiveSteps(model, optimizer));
});

test('LayeredAdam names the trained weight that is in no group', async () => {
  const { model, head } = twoLayers();
  const optimizer = new training.LayeredAdam([{ layers: [head], learningRate: 0.1 }]);
  await assert.rejects(fiveSteps(model, optimizer), (error: Error) => {
    return error instanceof InputError && error.message.includes('kernel');
  });
});

test('LayeredAdam disposed of leaves no tensor', async () => {
  const { model, base, head } = twoLayers();
  const before = tf.memory().numTensors;
  const optimizer = new training.LayeredAdam([{ layers: [base, head], learningRate: 0.1 }]);
  await fiveSteps(model, optimizer);
  optimizer.dispose();
  assert.equal(tf.memory().numTensors, before);
});

test('LayeredAdam counts its own steps', async () => {
  const { model, base, head } = twoLayers();
  const optimizer = new training.LayeredAdam([{ layers: [base, head], learningRate: 0.1 }]);
  await fiveSteps(model, optimizer);
  assert.equal(optimizer.iterations, 5);
});

test('LayeredAdam refuses no group, and a layer in two groups, which would take two steps', () => {
  const { base, head } = twoLayers();
  assert.throws(() => new training.LayeredAdam([]), /^InputError: LayeredAdam, groups: found none/);
  const groups = [{ layers: [base, head], learningRate: 1e-3 }];
  const both = [...groups, { layers: [head], learningRate: 1e-4 }];
  assert.throws(() => new training.LayeredAdam(both), /kernel twice, expected every weight once/);
});
