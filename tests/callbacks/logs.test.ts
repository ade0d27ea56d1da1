import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { callbacks, InputError, tf, training } from 'celeba-lab';
import { tinyBatches, tinyModel, trainScripted } from './tiny-training';

test('a training with all callbacks leaves no tensor behind', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'callbacks-'));
  t.after(() => rm(folder, { recursive: true }));
  const model = tinyModel();
  const print = (): void => undefined;
  const all = (): tf.Callback[] => [
    new callbacks.TerminateOnNaN(),
    new training.ScheduleLearningRate({
      optimizer: model.optimizer,
      stepsPerEpoch: 2,
      schedule: (step) => 1 / (1 + step),
    }),
    new training.AverageWeights({ stepsPerEpoch: 2, decay: 0.9 }),
    new callbacks.SettleBatchNorm({ batches: () => tinyBatches(2) as never, stepsPerEpoch: 2 }),
    new callbacks.EpochProgress({ stepsPerEpoch: 2, display: { update: () => undefined } }),
    new callbacks.TrainingLog({ file: join(folder, 'log.jsonl') }),
    // In one folder: TensorFlow.js keeps the writer of each.
    new callbacks.TensorBoard({ folder: join(folder, 'logs'), run: 'same' }),
    new callbacks.ModelCheckpoint({ path: folder, save: () => Promise.resolve(), saveBestOnly: true }),
    new callbacks.EarlyStopping({ patience: 2, restoreBestWeights: true }),
  ];
  // Its callbacks are two more: one that takes the folder, and one that keeps the state.
  const run = await callbacks.resumable({ outputs: folder, model, facts: {}, print });
  const train = () =>
    callbacks.interruptible((interrupt) =>
      trainScripted([0.5, 0.4, 0.6, 0.7, 0.1], run.callbacks([interrupt, ...all()]), model),
    );
  const { epoch } = await train();
  assert.equal(epoch.length, 4);
  const before = tf.memory().numTensors;
  await train();
  assert.equal(tf.memory().numTensors, before);
});

test('an interrupted training leaves no tensor behind', async () => {
  const model = tinyModel();
  const train = () =>
    callbacks.interruptible(
      (interrupt) => {
        interrupt.request();
        const validationData = interrupt.watch(tinyBatches(2));
        return model.fitDataset(tinyBatches(2), { epochs: 2, verbose: 0, validationData, callbacks: [interrupt] });
      },
      { print: () => undefined },
    );
  await train();
  const before = tf.memory().numTensors;
  await train();
  assert.equal(tf.memory().numTensors, before);
});

test('validation data without a batch is named as such', async () => {
  const fit = tinyModel().fitDataset(tinyBatches(2), {
    epochs: 1,
    verbose: 0,
    validationData: tinyBatches(0),
    callbacks: [new callbacks.EarlyStopping()],
  });
  await assert.rejects(fit, (error: Error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.message, /^validation data: found no batch, expected at least one photo/);
    return true;
  });
});

test('bestEpoch is the first of the lowest validation loss, never one whose loss was no number', () => {
  const rows = [NaN, 0.4, 0.3, 0.3, Infinity].map((loss, i) => ({ epoch: i + 1, loss: 1, val_loss: loss }));
  assert.equal(callbacks.bestEpoch(rows).epoch, 3);
});

test('bestEpoch refuses a training without a validation loss that is a number', () => {
  for (const rows of [[], [{ epoch: 1, loss: 1 }], [{ epoch: 1, loss: 1, val_loss: NaN }]])
    assert.throws(() => callbacks.bestEpoch(rows), /no epoch whose validation loss is a number/);
});
