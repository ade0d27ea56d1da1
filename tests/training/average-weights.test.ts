import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runState, tf, training } from 'celeba-lab';
import { tinyBatches, tinyModel, weightsOf } from '../callbacks/tiny-training';

const STEPS = 3;

/** Weights after each step, and those that validation would see at each epoch's end; `before` comes first in the callbacks. */
async function averaged(decay: number, epochs: number, ...before: tf.Callback[]) {
  const model = tinyModel();
  const trainable = () => model.trainableWeights.map((weight) => Array.from(weight.read().dataSync()));
  const steps = [trainable()];
  const seen: number[][][] = [];
  const record = new tf.CustomCallback({ onBatchEnd: async () => void steps.push(trainable()) });
  const see = new tf.CustomCallback({ onEpochEnd: async () => void seen.push(trainable()) });
  const average = new training.AverageWeights({ stepsPerEpoch: STEPS, decay });
  await model.fitDataset(tinyBatches(STEPS), { epochs, verbose: 0, callbacks: [...before, record, average, see] });
  return { model, steps, seen, end: trainable() };
}

/** The same, number by number. */
function slowly(steps: number[][][], decay: number): number[][] {
  let mean = steps[0];
  steps.slice(1).forEach((weights, step) => {
    const kept = Math.min(decay, (1 + step) / (10 + step));
    mean = mean.map((values, i) => values.map((value, j) => kept * value + (1 - kept) * weights[i][j]));
  });
  return mean;
}

function assertClose(found: number[][], wanted: number[][]): void {
  found.flat().forEach((value, i) => assert.ok(Math.abs(value - wanted.flat()[i]) < 1e-5));
}

test('AverageWeights shows at each epoch the moving average of all steps so far', async () => {
  const { steps, seen, end } = await averaged(0.5, 3);
  seen.forEach((weights, epoch) => assertClose(weights, slowly(steps.slice(0, 1 + STEPS * (epoch + 1)), 0.5)));
  assert.deepEqual(end, seen[2]);
});

test('AverageWeights changes nothing of the training itself', async () => {
  const [{ steps }, plain] = [await averaged(0.5, 2), await averaged(0, 2)];
  assertClose(steps.flat(), plain.steps.flat());
});

test('AverageWeights of decay 0 keeps the weights of the last step', async () => {
  const { steps, end } = await averaged(0, 1);
  assertClose(end, steps[STEPS]);
});

test('AverageWeights given the state of another goes on as that one would', async () => {
  const whole = await averaged(0.5, 3);
  const first = tinyModel();
  const average = new training.AverageWeights({ stepsPerEpoch: STEPS, decay: 0.5 });
  const saved: [runState.PartState, runState.PartState, runState.PartState][] = [];
  const save = new tf.CustomCallback({
    onEpochEnd: async () => {
      const { weightsState, optimizerState } = runState;
      saved.push([await weightsState(first), await optimizerState(first.optimizer), await average.saveState()]);
    },
  });
  await first.fitDataset(tinyBatches(STEPS), { epochs: 1, verbose: 0, callbacks: [average, save] });
  const [[weights, moments, state]] = saved;
  const second = tinyModel();
  runState.loadWeights(second, weights);
  await runState.loadOptimizer(second.optimizer, moments);
  const goesOn = new training.AverageWeights({ stepsPerEpoch: STEPS, decay: 0.5 });
  const load = new tf.CustomCallback({ onTrainBegin: async () => goesOn.loadState(state) });
  await second.fitDataset(tinyBatches(STEPS), { initialEpoch: 1, epochs: 3, verbose: 0, callbacks: [goesOn, load] });
  assert.deepEqual(weightsOf(second), weightsOf(whole.model));
});

test('AverageWeights leaves no tensor after training', async () => {
  const before = tf.memory().numTensors;
  const { model } = await averaged(0.9, 2);
  const own = weightsOf(model).length;
  model.dispose();
  assert.ok(own > 0);
  assert.equal(tf.memory().numTensors, before);
});

test('AverageWeights shows the average also where training was stopped in the midst of an epoch', async () => {
  class Stop extends tf.Callback {
    override async onBatchEnd(batch: number): Promise<void> {
      if (batch === 1) this.model.stopTraining = true;
    }
  }
  const { steps, end } = await averaged(0.5, 2, new Stop());
  assert.equal(steps.length, 3);
  assertClose(end, slowly(steps, 0.5));
  assert.notDeepEqual(end, steps[2]);
});

test('AverageWeights of a training that failed begins anew with the next one', async () => {
  const model = tinyModel();
  const goBack = await runState.startingPoint(model);
  const average = new training.AverageWeights({ stepsPerEpoch: STEPS, decay: 0.5 });
  const fault = new tf.CustomCallback({ onEpochEnd: () => Promise.reject(new Error('a fault')) });
  const fit = (...callbacks: tf.Callback[]) =>
    model.fitDataset(tinyBatches(STEPS), { epochs: 2, verbose: 0, callbacks: [average, ...callbacks] });
  await assert.rejects(fit(fault as unknown as tf.Callback), /a fault/);
  await goBack();
  await fit();
  assert.deepEqual(weightsOf(model), weightsOf((await averaged(0.5, 2)).model));
});

test('AverageWeights frees what it held of a training that failed', async () => {
  const average = new training.AverageWeights({ stepsPerEpoch: STEPS, decay: 0.5 });
  average.setModel(tinyModel());
  const before = tf.memory().numTensors;
  await average.onTrainBegin();
  await average.onBatchEnd(STEPS - 1);
  await average.onTrainBegin();
  await average.onTrainEnd();
  assert.equal(tf.memory().numTensors, before);
});

test('AverageWeights frees what it held of a training that went on', async () => {
  const average = new training.AverageWeights({ stepsPerEpoch: STEPS, decay: 0.5 });
  average.setModel(tinyModel());
  const before = tf.memory().numTensors;
  await average.onTrainBegin();
  await average.onBatchEnd(STEPS - 1);
  const state = await average.saveState();
  await average.onTrainBegin();
  average.loadState(state);
  await average.onTrainEnd();
  assert.equal(tf.memory().numTensors, before);
});

test('AverageWeights ends a training whose epochs have more or fewer batches than it was told', async () => {
  for (const [stepsPerEpoch, found] of [
    [STEPS - 1, 'batch 3'],
    [STEPS + 1, "the epoch's end after batch 3"],
  ] as const) {
    const average = new training.AverageWeights({ stepsPerEpoch, decay: 0.5 });
    const fitting = tinyModel().fitDataset(tinyBatches(STEPS), { epochs: 1, verbose: 0, callbacks: [average] });
    await assert.rejects(fitting, {
      message: `stepsPerEpoch: found ${found}, expected ${stepsPerEpoch} batches in each epoch. Set it to ceil(photos * viewsPerEpoch / batchSize).`,
    });
  }
});

test('AverageWeights refuses a decay that makes no average', () => {
  for (const decay of [NaN, 1, -0.1])
    assert.throws(() => new training.AverageWeights({ stepsPerEpoch: STEPS, decay }), /expected 0 to below 1/);
});
