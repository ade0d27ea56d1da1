import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callbacks, tf, training } from 'celeba-lab';

const PHOTOS = tf.randomNormal([40, 3], 5, 2, 'float32', 7);
const LABELS = tf.oneHot(tf.range(0, 40, 1, 'int32').mod(2).toInt(), 2).toFloat();

function batchesOf(size: number) {
  function* generate() {
    for (let start = 0; start < 40; start += size)
      yield {
        xs: PHOTOS.slice(start, Math.min(size, 40 - start)),
        ys: LABELS.slice(start, Math.min(size, 40 - start)),
      };
  }
  return tf.data.generator(generate) as tf.data.Dataset<{ xs: tf.Tensor; ys: tf.Tensor }>;
}

function network(): tf.Sequential {
  const norm = tf.layers.batchNormalization({ inputShape: [3], momentum: 0.99 });
  return tf.sequential({ layers: [norm, tf.layers.dense({ units: 2, activation: 'sigmoid' })] });
}

function averages(model: tf.LayersModel): number[][] {
  return model.layers[0]
    .getWeights()
    .slice(2)
    .map((weight) => Array.from(weight.dataSync()));
}

function near(found: number[], expected: ArrayLike<number>): void {
  found.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-4, `${value}, expected ${expected[i]}`));
}

test('settleBatchNorm makes the averages those of the data, whatever they were', async () => {
  const model = network();
  await callbacks.settleBatchNorm(model, batchesOf(40), 1);
  const { mean, variance } = tf.moments(PHOTOS, 0);
  near(averages(model)[0], mean.dataSync());
  near(averages(model)[1], variance.dataSync());
});

test('settleBatchNorm weighs all batches alike, puts momentum back and leaves no tensor', async () => {
  const model = network();
  const before = tf.memory().numTensors;
  await callbacks.settleBatchNorm(model, batchesOf(10), 4);
  assert.equal(tf.memory().numTensors, before);
  near(averages(model)[0], PHOTOS.mean(0).dataSync());
  assert.equal((model.layers[0] as unknown as { momentum: number }).momentum, 0.99);
});

test('settleBatchNorm weighs all photos alike, also those of a last batch that is smaller', async () => {
  const model = network();
  await callbacks.settleBatchNorm(model, batchesOf(16), 3);
  near(averages(model)[0], PHOTOS.mean(0).dataSync());
  const ofBatches = [0, 16, 32].map((start) => tf.moments(PHOTOS.slice(start, Math.min(16, 40 - start)), 0).variance);
  const [first, second, last] = ofBatches.map((variance) => Array.from(variance.dataSync()));
  near(
    averages(model)[1],
    first.map((value, i) => (16 * value + 16 * second[i] + 8 * last[i]) / 40),
  );
});

test('SettleBatchNorm acts after the last batch of each epoch, so that validation uses settled averages', async () => {
  const model = network();
  model.compile({ optimizer: tf.train.sgd(0), loss: 'binaryCrossentropy' });
  const settle = new callbacks.SettleBatchNorm({ batches: () => batchesOf(10), stepsPerEpoch: 4 });
  const validationData = batchesOf(40);
  const { history } = await model.fitDataset(batchesOf(10), {
    epochs: 1,
    verbose: 0,
    validationData,
    callbacks: [settle],
  });
  near(averages(model)[0], PHOTOS.mean(0).dataSync());
  const loss = (model.evaluate(PHOTOS, LABELS) as tf.Scalar).dataSync();
  near(loss as unknown as number[], [history.val_loss[0] as number]);
});

test('settleBatchNorm keeps a unit that no photo of these batches activates from outweighing all others later', async () => {
  const model = network();
  const silent = PHOTOS.mul(tf.tensor1d([1, 1, 0]));
  const once = tf.data.array([{ xs: silent, ys: LABELS }]) as tf.data.Dataset<{ xs: tf.Tensor; ys: tf.Tensor }>;
  await callbacks.settleBatchNorm(model, once, 1);
  const { variance } = tf.moments(PHOTOS, 0);
  const [first, second] = variance.dataSync();
  near(averages(model)[1], [first, second, (1e-4 * (first + second)) / 3]);
});

/** Trains two epochs; returns the epochs for which batches were asked. */
async function askedEpochs(...before: tf.Callback[]): Promise<number[]> {
  const model = network();
  model.compile({ optimizer: tf.train.sgd(0.01), loss: 'binaryCrossentropy' });
  const asked: number[] = [];
  const batches = (epoch: number) => {
    asked.push(epoch);
    return batchesOf(10);
  };
  const settle = new callbacks.SettleBatchNorm({ batches, stepsPerEpoch: 4 });
  await model.fitDataset(batchesOf(10), {
    epochs: 2,
    verbose: 0,
    callbacks: [...before, settle],
  });
  return asked;
}

test('SettleBatchNorm asks for the batches of each epoch by its number', async () => {
  assert.deepEqual(await askedEpochs(), [0, 1]);
});

test('SettleBatchNorm asks for no batches where training was stopped in the last batch', async () => {
  class Stop extends tf.Callback {
    override async onBatchEnd(batch: number): Promise<void> {
      if (batch === 3) this.model.stopTraining = true;
    }
  }
  assert.deepEqual(await askedEpochs(new Stop()), []);
});

test('SettleBatchNorm ends a training whose epochs have more or fewer batches than it was told', async () => {
  for (const [stepsPerEpoch, found] of [
    [3, /^InputError: stepsPerEpoch: found batch 4, expected 3 batches/],
    [5, /^InputError: stepsPerEpoch: found the epoch's end after batch 4, expected 5 batches/],
  ] as const) {
    const model = network();
    model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' });
    const settle = new callbacks.SettleBatchNorm({ batches: () => batchesOf(10), stepsPerEpoch });
    await assert.rejects(model.fitDataset(batchesOf(10), { epochs: 1, verbose: 0, callbacks: [settle] }), found);
  }
});

test('settleBatchNorm frees a batch that the model refuses', async () => {
  const model = network();
  const odd = tf.data.generator(function* () {
    yield { xs: tf.zeros([2, 5]), ys: tf.zeros([2, 2]) };
  }) as tf.data.Dataset<{ xs: tf.Tensor; ys: tf.Tensor }>;
  const before = tf.memory().numTensors;
  await assert.rejects(callbacks.settleBatchNorm(model, odd, 1));
  assert.equal(tf.memory().numTensors, before);
});

test('SettleBatchNorm takes what each recipe asks for, and with 0 batches leaves the averages as they are', async () => {
  for (const settleBatches of [training.recipeFor('article', 118), training.recipeFor('scaled', 2667)].map(
    (recipe) => recipe.settleBatches,
  )) {
    const model = network();
    const settle = new callbacks.SettleBatchNorm({
      batches: () => assert.fail('no batch is needed'),
      stepsPerEpoch: 4,
      batchCount: settleBatches,
    });
    model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' });
    await model.fitDataset(batchesOf(10), { epochs: 1, verbose: 0, callbacks: [settle] });
    assert.equal(settleBatches, 0);
  }
});
