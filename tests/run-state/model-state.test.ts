import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runState, tf, training } from 'celeba-lab';

const OPTIMIZERS: Record<string, () => tf.Optimizer> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9),
  rmsprop: () => tf.train.rmsprop(0.01),
  'centered rmsprop': () => tf.train.rmsprop(0.01, 0.9, 0.1, undefined, true),
  adagrad: () => tf.train.adagrad(0.1),
  adadelta: () => tf.train.adadelta(0.1),
  adam: () => tf.train.adam(0.01),
};

const XS = tf.randomNormal([8, 3], 0, 1, 'float32', 1);
const YS = tf.randomNormal([8, 2], 0, 1, 'float32', 2);

function compiled(optimizer: tf.Optimizer): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3], kernelInitializer })] });
  model.compile({ optimizer, loss: 'meanSquaredError' });
  return model;
}

async function train(model: tf.LayersModel, steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) await model.trainOnBatch(XS, YS);
}

function weightsOf(model: tf.LayersModel): number[][] {
  return model.getWeights().map((weight) => [...weight.dataSync()]);
}

for (const [name, optimizer] of Object.entries(OPTIMIZERS)) {
  test(`a model with ${name} goes on in another one as if it had never been moved, its rate included`, async () => {
    const [whole, moved] = [compiled(optimizer()), compiled(optimizer())];
    await train(whole, 3);
    training.setLearningRate(whole.optimizer, 0.003);
    runState.loadWeights(moved, await runState.weightsState(whole));
    await runState.loadOptimizer(moved.optimizer, await runState.optimizerState(whole.optimizer));
    await train(whole, 2);
    await train(moved, 2);
    assert.deepEqual(weightsOf(moved), weightsOf(whole));
  });

  test(`the starting point of a model with ${name} gives the same training again, and leaves no tensor`, async () => {
    const model = compiled(optimizer());
    const goBack = await runState.startingPoint(model);
    const runs: { weights: number[][]; tensors: number }[] = [];
    for (let run = 0; run < 3; run++) {
      await goBack();
      await train(model, 3);
      runs.push({ weights: weightsOf(model), tensors: tf.memory().numTensors });
    }
    assert.deepEqual([runs[1], runs[2]], [runs[0], runs[0]]);
  });
}

test('optimizerState leaves no further tensor each time, whatever the optimizer', async () => {
  for (const [name, optimizer] of Object.entries(OPTIMIZERS)) {
    const model = compiled(optimizer());
    await train(model, 1);
    // Adam's moments become tensors when they are first read, and stay that.
    await runState.optimizerState(model.optimizer);
    const before = tf.memory().numTensors;
    await runState.optimizerState(model.optimizer);
    assert.equal(tf.memory().numTensors, before, name);
  }
});

test('modelFacts tells models apart by what is trainable, by the loss and by the optimizer and its settings', () => {
  const facts = runState.modelFacts(compiled(tf.train.momentum(0.1, 0.5)));
  const changed = (model: tf.LayersModel) => runState.changedFacts(facts, runState.modelFacts(model));
  assert.equal(changed(compiled(tf.train.momentum(0.1, 0.5))), undefined);
  const frozen = compiled(tf.train.momentum(0.1, 0.5));
  frozen.layers[0].trainable = false;
  assert.equal(changed(frozen), 'trainable was 2 and is 0');
  const otherLoss = compiled(tf.train.momentum(0.1, 0.5));
  otherLoss.compile({ optimizer: otherLoss.optimizer, loss: 'binaryCrossentropy' });
  assert.equal(changed(otherLoss), 'loss was meanSquaredError and is binaryCrossentropy');
  assert.equal(changed(compiled(tf.train.momentum(0.1, 0.25))), 'optimizer.momentum was 0.5 and is 0.25');
  assert.match(changed(compiled(tf.train.sgd(0.1))) ?? '', /^optimizer\.name was Momentum and is SGD/);
});

test('modelFacts tells networks apart that have the same weights for photos of another shape', () => {
  const inputsOf = (height: number, width: number): unknown => {
    const convolution = tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [height, width, 3] });
    const model = tf.sequential({ layers: [convolution, tf.layers.globalAveragePooling2d({})] });
    model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    return runState.modelFacts(model).inputs;
  };
  assert.deepEqual([inputsOf(6, 8), inputsOf(8, 6)], ['6x8x3', '8x6x3']);
});
