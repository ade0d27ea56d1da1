import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf, training } from 'celeba-lab';
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

test('warmupCosine refuses a training without steps', () => {
  assert.throws(
    () => warmupCosine(0, { steps: 0 }),
    /^InputError: warmupCosine: found steps 0, .* expected steps above 0/,
  );
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
