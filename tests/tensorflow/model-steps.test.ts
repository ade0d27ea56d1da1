/** Train and validation steps called as one operation each: the same as operation by operation. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { tensorflow, tf, training } from 'celeba-lab';
import { calledOperations } from './called-operations';
import { memoryGrowth } from './memory-growth';

const BATCHES = 6;

// The default is so on a GPU only.
before(() => tensorflow.runEagerly(false));
after(() => tensorflow.runEagerly(undefined));

interface Parts {
  convolutions: tf.layers.Layer[];
  head: tf.layers.Layer[];
  model: tf.Sequential;
}

/** Every kind of layer that the article's tail has. */
function build(last: 'sigmoid' | 'softmax', more: tf.layers.Layer[] = []): Parts {
  const start = (seed: number) => tf.initializers.glorotUniform({ seed });
  const convolution = { filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' } as const;
  const convolutions = [
    tf.layers.conv2d({ ...convolution, inputShape: [8, 8, 3], kernelInitializer: start(1) }),
    tf.layers.maxPooling2d({ poolSize: 2 }),
    tf.layers.globalAveragePooling2d({}),
  ];
  const head = [
    tf.layers.dense({ units: 6, activation: 'relu', kernelInitializer: start(2) }),
    tf.layers.batchNormalization({ momentum: 0.9 }),
    ...more,
    tf.layers.dense({
      units: 2,
      activation: last,
      kernelInitializer: start(3),
      kernelRegularizer: tf.regularizers.l2({ l2: 1e-3 }),
    }),
  ];
  return { convolutions, head, model: tf.sequential({ layers: [...convolutions, ...head] }) };
}

/** The same batches for the same seed; the last one is smaller. */
function batches(seed: number): tf.data.Dataset<{ xs: tf.Tensor; ys: tf.Tensor }> {
  function* draw() {
    for (let i = 0; i < BATCHES; i++) {
      const count = i === BATCHES - 1 ? 3 : 5;
      const xs = tf.randomNormal([count, 8, 8, 3], 0, 1, 'float32', seed * 100 + i);
      yield {
        xs,
        ys: tf.tidy(() => tf.oneHot(tf.range(0, count, 1, 'int32').mod(tf.scalar(2, 'int32')), 2).toFloat()),
      };
    }
  }
  return tf.data.generator(draw);
}

interface Trained {
  losses: number[];
  history: Record<string, unknown>;
  weights: number[][];
}

/** Trains two epochs, with a weight set anew between two steps. */
async function train(
  { model }: Parts,
  optimizer: tf.Optimizer,
  loss: string,
  more: tf.Callback[] = [],
): Promise<Trained> {
  model.compile({ optimizer, loss, metrics: ['accuracy', 'categoricalAccuracy'] });
  const losses: number[] = [];
  const watch = new tf.CustomCallback({
    onBatchEnd: async (batch, logs) => {
      losses.push(logs?.loss as number);
      if (batch === 3) tf.tidy(() => model.setWeights(model.getWeights().map((weight) => weight.mul(0.9))));
    },
  });
  const data = batches(1);
  const { history } = await model.fitDataset(data, {
    ...{ epochs: 2, verbose: 0, validationData: batches(2) },
    callbacks: [watch, ...more],
  });
  return { losses, history, weights: model.getWeights().map((weight) => [...weight.dataSync()]) };
}

async function inBothWays(run: () => Promise<Trained>): Promise<[Trained, Trained]> {
  tensorflow.runEagerly(true);
  const one = await run();
  tensorflow.runEagerly(false);
  return [one, await run()];
}

function assertSame([first, second]: [Trained, Trained]): void {
  const numbers = ({ losses, history, weights }: Trained) =>
    [losses, ...Object.values(history), ...weights] as number[][];
  const found = numbers(second).flat();
  const apart = numbers(first)
    .flat()
    .map((value, i) => Math.abs(value - found[i]));
  assert.ok(apart.length > 100 && Math.max(...apart) < 1e-5, `up to ${Math.max(...apart)} apart`);
  assert.ok(new Set(first.losses).size === first.losses.length, 'each batch has a loss of its own');
}

test('a training in steps that are one operation has the losses, metrics, weights and averages of one op by op', async () => {
  assertSame(await inBothWays(() => train(build('sigmoid'), tf.train.adam(1e-2), 'binaryCrossentropy')));
});

test('so with the improved recipe: groups of layers, clipped gradients, averaged weights', async () => {
  const run = (): Promise<Trained> => {
    const parts = build('sigmoid');
    const { head, convolutions } = parts;
    const groups = [
      { layers: head, learningRate: 1e-2 },
      { layers: convolutions, learningRate: 1e-3 },
    ];
    const average = new training.AverageWeights({ stepsPerEpoch: BATCHES, decay: 0.8 });
    return train(parts, new training.LayeredAdam(groups, { clipNorm: 0.5 }), 'binaryCrossentropy', [average]);
  };
  assertSame(await inBothWays(run));
});

test('so with softmax, another optimizer, and layers that are frozen', async () => {
  const run = (): Promise<Trained> => {
    const parts = build('softmax');
    for (const layer of parts.convolutions) layer.trainable = false;
    return train(parts, tf.train.momentum(1e-2, 0.9), 'categoricalCrossentropy');
  };
  assertSame(await inBothWays(run));
});

test('a changed learning rate counts from the next step on', async () => {
  const run = (): Promise<Trained> => {
    const optimizer = tf.train.adam(1e-2);
    const schedule = new training.ScheduleLearningRate({
      ...{ optimizer, stepsPerEpoch: BATCHES },
      schedule: (step) => 1e-2 / (step + 1),
    });
    return train(build('sigmoid'), optimizer, 'binaryCrossentropy', [schedule]);
  };
  assertSame(await inBothWays(run));
});

test('a step calls few operations instead of hundreds', async () => {
  const { model } = build('sigmoid');
  model.compile({ optimizer: tf.train.adam(1e-2), loss: 'binaryCrossentropy' });
  const xs = tf.randomNormal([80, 8, 8, 3]);
  const ys = tf.zeros([80, 2]);
  const stepsOf = (epochs: number) => calledOperations(() => model.fit(xs, ys, { epochs, batchSize: 10, verbose: 0 }));
  const [short, long] = [await stepsOf(1), await stepsOf(3)];
  const aStep = (long.length - short.length) / 16;
  assert.ok(aStep < 25, `${aStep} operations a step`);
  assert.ok(long.some((name) => name.startsWith('celeba_lab')));
  tf.dispose([xs, ys]);
});

test('weights that were equal when a step was recorded may differ later', async () => {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
  const layers = [1, 2].map(() => tf.layers.dense({ units: 3, inputShape: [3], useBias: false, kernelInitializer }));
  const model = tf.sequential({ layers });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
  layers[1].setWeights(layers[0].getWeights());
  const xs = tf.randomNormal([20, 3], 0, 1, 'float32', 1);
  const ys = tf.zeros([20, 3]);
  const evaluate = () => (model.evaluate(xs, ys, { batchSize: 4 }) as tf.Scalar).dataSync()[0];
  evaluate();
  await model.fit(xs, ys, { epochs: 3, batchSize: 4, verbose: 0 });
  const asOne = evaluate();
  tensorflow.runEagerly(true);
  const opByOp = evaluate();
  tensorflow.runEagerly(false);
  assert.ok(Math.abs(asOne - opByOp) < 1e-6, `${asOne} and ${opByOp}`);
  tf.dispose([xs, ys]);
});

test('an optimizer that computes gradients in a way of its own is let do so', async () => {
  class Doubled extends tf.SGDOptimizer {
    override computeGradients(f: () => tf.Scalar, list?: tf.Variable[]) {
      const { value, grads } = super.computeGradients(f, list);
      return { value, grads: Object.fromEntries(Object.entries(grads).map(([name, grad]) => [name, grad.mul(2)])) };
    }
  }
  const [plain, doubled] = await Promise.all(
    [tf.train.sgd(0.2), new Doubled(0.1)].map((optimizer) => train(build('sigmoid'), optimizer, 'binaryCrossentropy')),
  );
  assertSame([plain, doubled]);
});

test('dropout draws anew at each step', async () => {
  const { model } = build('sigmoid', [tf.layers.dropout({ rate: 0.5 })]);
  model.compile({ optimizer: tf.train.sgd(0), loss: 'binaryCrossentropy' });
  const xs = tf.randomNormal([10, 8, 8, 3]);
  const ys = tf.zeros([10, 2]);
  const { history } = await model.fit(xs, ys, { epochs: 6, batchSize: 10, shuffle: false, verbose: 0 });
  assert.equal(new Set(history.loss).size, 6);
  tf.dispose([xs, ys]);
});

test('steps leave no tensor behind', async () => {
  const { model } = build('sigmoid');
  model.compile({ optimizer: tf.train.adam(1e-2), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  const fit = () => model.fitDataset(batches(1), { epochs: 2, verbose: 0, validationData: batches(2) });
  await fit();
  const { tensorCount } = await memoryGrowth(fit);
  assert.equal(tensorCount, 0);
});
