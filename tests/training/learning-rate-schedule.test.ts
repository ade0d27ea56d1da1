import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runState, tf, training } from 'celeba-lab';
import { tinyBatches, tinyModel } from '../callbacks/tiny-training';

const { warmupCosine } = training;

test('warmupCosine rises in a straight line, is full after the rise, half way down in the middle, and ends low', () => {
  const at = (step: number) => warmupCosine(step, { steps: 101, warmupShare: 0.2, end: 0 });
  assert.deepEqual([at(0), at(9), at(19), at(20)], [1 / 20, 0.5, 1, 1]);
  assert.ok(Math.abs(at(60) - 0.5) < 1e-12);
  assert.ok(Math.abs(at(100)) < 1e-12);
  assert.equal(at(500), at(100));
});

test('warmupCosine of one step is the full rate', () => {
  assert.equal(warmupCosine(0, { steps: 1 }), 1);
});

test('warmupCosine refuses a training without steps, or without an end, and a step before the first', () => {
  assert.throws(() => warmupCosine(0, { steps: 0 }), /^InputError: steps: found 0, expected a whole number, 1 or more/);
  assert.throws(() => warmupCosine(0, { steps: Infinity }), /^InputError: steps: found Infinity/);
  for (const step of [-5, NaN]) assert.throws(() => warmupCosine(step, { steps: 10 }), /^InputError: step: found /);
});

test('warmupCosine refuses an end above the full rate', () => {
  assert.throws(() => warmupCosine(0, { steps: 10, end: 5 }), /found warmupShare 0.1, end 5, expected .* end 0 to 1/);
});

test('warmupCosine refuses a rise that takes the whole training, or less than nothing', () => {
  for (const warmupShare of [1, 1.5, -0.1, NaN])
    assert.throws(() => warmupCosine(0, { steps: 10, warmupShare }), /warmupShare 0 to below 1/);
});

/** Learning rate at each step of a training of `epochs` epochs of 4 steps. */
async function ratesOf(initialEpoch: number, epochs: number): Promise<{ rates: number[]; after: number }> {
  const model = tinyModel();
  const rates: number[] = [];
  const schedule = (step: number): number => 1 / (1 + step);
  const { optimizer } = model;
  const scheduled = new training.ScheduleLearningRate({ optimizer, schedule, stepsPerEpoch: 4 });
  const watch = new tf.CustomCallback({
    onBatchEnd: async () => void rates.push(training.learningRateOf(optimizer)),
  });
  await model.fitDataset(tinyBatches(4), { initialEpoch, epochs, verbose: 0, callbacks: [scheduled, watch] });
  return { rates, after: training.learningRateOf(optimizer) };
}

test('ScheduleLearningRate sets the rate of every step, and gives the full rate back', async () => {
  const { rates, after } = await ratesOf(0, 2);
  rates.forEach((rate, step) => assert.ok(Math.abs(rate - 0.001 / (1 + step)) < 1e-12));
  assert.deepEqual([rates.length, after], [8, 0.001]);
});

test('ScheduleLearningRate of a training that goes on at a later epoch has the rates of that epoch', async () => {
  const [whole, rest] = [await ratesOf(0, 2), await ratesOf(1, 2)];
  assert.deepEqual(rest.rates, whole.rates.slice(4));
});

test('ScheduleLearningRate made anew after a training that failed has the full rate of before', async () => {
  const model = tinyModel();
  const { optimizer } = model;
  const scheduled = () =>
    new training.ScheduleLearningRate({ optimizer, schedule: (step) => 1 / (1 + step), stepsPerEpoch: 4 });
  const fit = (callbacks: tf.CustomCallback[]) =>
    model.fitDataset(tinyBatches(4), {
      epochs: 1,
      verbose: 0,
      callbacks: [scheduled(), ...callbacks] as tf.CustomCallback[],
    });
  const fault = new tf.CustomCallback({
    onBatchEnd: async (batch) => {
      if (batch === 2) throw new Error('a fault');
    },
  });
  await assert.rejects(fit([fault]), /a fault/);
  assert.ok(training.learningRateOf(optimizer) < 0.0005);
  await fit([]);
  assert.equal(training.learningRateOf(optimizer), 0.001);
});

test('learningRateOf says so where an optimizer has none', () => {
  const without = { getClassName: () => 'Odd' } as tf.Optimizer;
  assert.throws(() => training.learningRateOf(without), /^InputError: optimizer: found Odd without a learning rate/);
});

test('ScheduleLearningRate made after a training that ended well has the rate that was set since', async () => {
  const model = tinyModel();
  const { optimizer } = model;
  const rates: number[] = [];
  const watch = new tf.CustomCallback({ onBatchEnd: async () => void rates.push(training.learningRateOf(optimizer)) });
  for (const rate of [0.001, 0.01]) {
    training.setLearningRate(optimizer, rate);
    const scheduled = new training.ScheduleLearningRate({ optimizer, schedule: () => 0.5, stepsPerEpoch: 1 });
    await model.fitDataset(tinyBatches(1), { epochs: 1, verbose: 0, callbacks: [scheduled, watch] });
  }
  assert.deepEqual(rates, [0.0005, 0.005]);
});

test('ScheduleLearningRate made after a training that failed takes a rate that was set since, as its remedy asks for', async () => {
  const model = tinyModel();
  const { optimizer } = model;
  const schedule = (step: number) => 1 / (1 + step);
  const fit = (...others: tf.CustomCallback[]) => {
    const scheduled = new training.ScheduleLearningRate({ optimizer, schedule, stepsPerEpoch: 4 });
    const callbacks = [scheduled as unknown as tf.CustomCallback, ...others];
    return model.fitDataset(tinyBatches(4), { epochs: 1, verbose: 0, callbacks });
  };
  await assert.rejects(
    fit(new tf.CustomCallback({ onBatchEnd: () => Promise.reject(new Error('a fault')) })),
    /a fault/,
  );
  training.setLearningRate(optimizer, 1e-5);
  const rates: number[] = [];
  await fit(new tf.CustomCallback({ onBatchEnd: async () => void rates.push(training.learningRateOf(optimizer)) }));
  assert.deepEqual([rates[0], training.learningRateOf(optimizer)], [1e-5, 1e-5]);
});

test('setLearningRate refuses what is no rate', () => {
  for (const rate of [NaN, -1, Infinity])
    assert.throws(() => training.setLearningRate(tf.train.adam(1e-3), rate), /^InputError: learning rate: found /);
});

test('ScheduleLearningRate made after two failures, the second on a loaded state, still has the full rate', async () => {
  const model = tinyModel();
  const { optimizer } = model;
  const schedule = (step: number) => 1 / (1 + step);
  const fit = (fault: tf.CustomCallback, first: tf.CustomCallback[] = []) => {
    const scheduled = new training.ScheduleLearningRate({ optimizer, schedule, stepsPerEpoch: 4 });
    const callbacks = [...first, scheduled as unknown as tf.CustomCallback, fault];
    return model.fitDataset(tinyBatches(4), { epochs: 2, verbose: 0, callbacks });
  };
  let state: runState.PartState = {};
  const keep = { onEpochEnd: async () => void (state = await runState.optimizerState(optimizer)) };
  const inSecondEpoch = { ...keep, onEpochBegin: async (epoch: number) => assert.equal(epoch, 0, 'a fault') };
  await assert.rejects(fit(new tf.CustomCallback(inSecondEpoch)), /a fault/);
  const load = new tf.CustomCallback({ onTrainBegin: () => runState.loadOptimizer(optimizer, state) });
  const atOnce = new tf.CustomCallback({ onBatchBegin: () => Promise.reject(new Error('another')) });
  await assert.rejects(fit(new tf.CustomCallback({}), [load, atOnce]), /another/);
  await fit(new tf.CustomCallback({}));
  assert.equal(training.learningRateOf(optimizer), 0.001);
});
