import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError, tf, training } from 'celeba-lab';
import { tinyBatches, tinyModel, weightsOf } from '../callbacks/tiny-training';
import { listenAsKernel } from '../interrupts/listen-as-kernel';

const { findLearningRate, suggestLearningRate } = training;

type Batches = tf.data.Dataset<{ xs: tf.Tensor; ys: tf.Tensor } & tf.TensorContainerObject>;

function batches(count: number): Batches {
  return tinyBatches(count) as Batches;
}

async function stateOf(model: tf.LayersModel): Promise<unknown> {
  const state = await model.optimizer.getWeights();
  const moments = state.map(({ name, tensor }) => [name, Array.from(tensor.dataSync())]);
  return { weights: weightsOf(model), moments, rate: training.learningRateOf(model.optimizer) };
}

test('findLearningRate leaves no trace in a fresh model: weights, averages, moments, steps and rate are as before', async () => {
  const model = tinyModel();
  const [before, tensors] = [await stateOf(model), tf.memory().numTensors];
  const { trials } = await findLearningRate(model, batches(4), { steps: 30 });
  assert.equal(tf.memory().numTensors, tensors);
  assert.equal(trials.length, 30);
  assert.deepEqual(await stateOf(model), before);
});

test('findLearningRate leaves no trace in the midst of a training: what comes after is the same', async () => {
  const [looked, plain] = [tinyModel(), tinyModel()];
  for (const model of [looked, plain]) await model.fitDataset(batches(4), { epochs: 1, verbose: 0 });
  const tensors = tf.memory().numTensors;
  await findLearningRate(looked, batches(4), { steps: 20 });
  for (const model of [looked, plain]) await model.fitDataset(batches(4), { epochs: 1, verbose: 0 });
  assert.deepEqual(weightsOf(looked), weightsOf(plain));
  assert.equal(tf.memory().numTensors, tensors);
});

test('findLearningRate, interrupted where a kernel listens, ends with an error that says so and leaves no trace', async (t) => {
  listenAsKernel(t);
  const model = tinyModel();
  const before = await stateOf(model);
  const onProgress = (done: number): void => {
    if (done === 3) process.kill(process.pid, 'SIGINT');
  };
  const stopped = { name: 'Stopped', message: /^Stopped by the user after 3 of 30 steps of the learning-rate test/ };
  await assert.rejects(findLearningRate(model, batches(4), { steps: 30, onProgress }), stopped);
  assert.deepEqual(await stateOf(model), before);
});

test('findLearningRate grows the rate evenly on the logarithmic scale from the first to the last', async () => {
  const { trials } = await findLearningRate(tinyModel(), batches(2), { from: 1e-4, to: 1e-2, steps: 21 });
  const rates = trials.map(({ learningRate }) => learningRate);
  assert.ok(Math.abs(rates[0] - 1e-4) < 1e-12 && Math.abs(rates[20] - 1e-2) < 1e-9);
  assert.ok(Math.abs(rates[10] - 1e-3) < 1e-9);
});

test('findLearningRate ends where the loss runs away, and puts the model back', async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
  const before = weightsOf(model);
  const { trials, diverged } = await findLearningRate(model, batches(4), { from: 1e-3, to: 1e6, steps: 100 });
  assert.ok(diverged && trials.length < 100);
  assert.deepEqual(weightsOf(model), before);
});

test('findLearningRate puts the model back when its data fail', async () => {
  const model = tinyModel();
  const before = await stateOf(model);
  const failing = batches(3).mapAsync(() => Promise.reject(new Error('damaged'))) as unknown as Batches;
  await assert.rejects(findLearningRate(model, failing, { steps: 20 }), /damaged/);
  assert.deepEqual(await stateOf(model), before);
});

test('findLearningRate takes 20 steps and refuses less, and data without a batch', async () => {
  await assert.rejects(
    findLearningRate(tinyModel(), batches(2), { steps: 19 }),
    /found .*, steps 19, expected .* at least 20 steps/,
  );
  assert.equal((await findLearningRate(tinyModel(), batches(2), { steps: 20 })).trials.length, 20);
  await assert.rejects(findLearningRate(tinyModel(), batches(0)), /^InputError: findLearningRate: found no batch/);
});

test('findLearningRate refuses rates of 0 or below, and a last rate that is not above the first', async () => {
  for (const range of [{ from: 0 }, { from: -1e-3 }, { from: NaN }, { from: 1e-2, to: 1e-3 }, { from: 1e-2, to: 1e-2 }])
    await assert.rejects(findLearningRate(tinyModel(), batches(2), range), /rates above 0, the second above the first/);
});

test('findLearningRate asks before each step whether to stop, and ends there with what was found', async () => {
  const model = tinyModel();
  const before = await stateOf(model);
  const done: number[] = [];
  const options = { onProgress: (step: number) => void done.push(step), stop: () => done.length === 5 };
  const { trials, suggestion, diverged } = await findLearningRate(model, batches(3), options);
  assert.deepEqual([trials.length, done.length, diverged], [5, 5, false]);
  assert.ok(trials.some(({ learningRate }) => learningRate === suggestion));
  assert.deepEqual(await stateOf(model), before);
});

test('findLearningRate that is stopped before its first step takes none and says so', async () => {
  const done: number[] = [];
  const options = { onProgress: (step: number) => void done.push(step), stop: () => true };
  await assert.rejects(findLearningRate(tinyModel(), batches(2), options), (error) => {
    return error instanceof InputError && error.found === 'a stop before the first step';
  });
  assert.deepEqual(done, []);
});

test('findLearningRate smooths each loss to a mean in which every step back counts a tenth less', async () => {
  // 20 steps are smoothed over half of them: 10.
  const { trials } = await findLearningRate(tinyModel(), batches(7), { from: 1e-3, to: 1e-1, steps: 20 });
  assert.equal(trials.length, 20);
  trials.forEach(({ smoothedLoss }, step) => {
    const weights = trials.slice(0, step + 1).map((_, i) => 0.9 ** (step - i));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const mean = weights.reduce((sum, weight, i) => sum + weight * trials[i].loss, 0) / total;
    assert.ok(Math.abs(smoothedLoss - mean) < 1e-9, `step ${step}: ${smoothedLoss}, by hand ${mean}`);
  });
  assert.ok(new Set(trials.map(({ loss }) => loss)).size > 10);
});

function trialsOf(losses: number[]): training.RateTrial[] {
  return losses.map((loss, i) => ({ learningRate: 10 ** (i / 10 - 5), loss, smoothedLoss: loss }));
}

test('suggestLearningRate takes the middle of the longest fall, not of the climb after it', () => {
  const flat = new Array<number>(20).fill(0.7);
  const fall = Array.from({ length: 20 }, (_, i) => 0.69 - 0.02 * i);
  const climb = Array.from({ length: 15 }, (_, i) => 0.4 + 0.3 * i);
  const rate = suggestLearningRate(trialsOf([...flat, ...fall, ...climb]));
  assert.ok(rate > 10 ** (28 / 10 - 5) && rate < 10 ** (32 / 10 - 5), `${rate}`);
});

test('suggestLearningRate of a loss that never falls is a rate that was tried', () => {
  const trials = trialsOf([1, 2, 3]);
  assert.ok(trials.some(({ learningRate }) => learningRate === suggestLearningRate(trials)));
});

test('suggestLearningRate leaves out the first tenth and the last five steps', () => {
  const trials = trialsOf(Array.from({ length: 40 }, (_, i) => 1 - i / 100));
  // Of steps 4 to 34 the middle one.
  assert.equal(suggestLearningRate(trials), trials[19].learningRate);
});

test('suggestLearningRate takes the first of two falls of the same length', () => {
  const [first, second] = [
    [0.5, 0.4, 0.3, 0.2],
    [0.9, 0.8, 0.7, 0.6],
  ];
  const ones = (count: number) => new Array<number>(count).fill(1);
  const trials = trialsOf([...ones(4), ...first, ...second, ...ones(8)]);
  assert.equal(suggestLearningRate(trials), trials[5].learningRate);
});

/** A model whose loss is its label, and a batch for each of these losses. */
function scripted(losses: number[]): [tf.LayersModel, Batches] {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  const loss = (label: tf.Tensor, output: tf.Tensor) => tf.tidy(() => label.add(output.mul(0)).mean(-1));
  model.compile({ optimizer: tf.train.sgd(0.1), loss });
  const rows = function* () {
    for (const value of losses) yield { xs: tf.ones([1, 1]), ys: tf.fill([1, 1], value) };
  };
  return [model, tf.data.generator(rows as () => Generator<tf.TensorContainer>) as unknown as Batches];
}

test('findLearningRate ends where the smoothed loss is more than four times its lowest', async () => {
  const smoothed = [...new Array<number>(10).fill(1), 3.99, 3.99, 4.01, 4.01];
  // 20 steps are smoothed over 10: each mean is that of before, times 0.9 and its weight, and the loss.
  const weight = (count: number) => (1 - 0.9 ** count) / 0.1;
  const losses = smoothed.map((mean, i) => mean * weight(i + 1) - (i > 0 ? 0.9 * weight(i) * smoothed[i - 1] : 0));
  const { trials, diverged } = await findLearningRate(...scripted(losses), { steps: 20 });
  assert.deepEqual([trials.length, diverged], [13, true]);
  trials.forEach(({ smoothedLoss }, i) => assert.ok(Math.abs(smoothedLoss - smoothed[i]) < 1e-3, `${smoothedLoss}`));
});
