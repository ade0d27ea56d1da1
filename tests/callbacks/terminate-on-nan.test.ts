import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callbacks, InputError, tf } from 'celeba-lab';
import { tinyBatches, tinyModel, trainScripted, weightsOf } from './tiny-training';

/** Puts NaN into a weight after a batch, counted over the whole training: all that follows is NaN. */
class Poison extends tf.Callback {
  private batches = 0;

  constructor(private readonly after: number) {
    super();
  }

  override async onBatchEnd(): Promise<void> {
    this.batches += 1;
    if (this.batches !== this.after) return;
    const [kernel] = this.model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    tf.tidy(() => kernel.assign(tf.fill(kernel.shape, NaN)));
  }
}

/** Notes the weights at the end of each epoch. */
class Snapshots extends tf.Callback {
  readonly ends: number[][][] = [];

  override async onEpochEnd(): Promise<void> {
    this.ends.push(weightsOf(this.model));
  }
}

test('a loss that becomes NaN ends training after that batch, with the best weights and whole epochs only', async () => {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const saved: number[] = [];
  const model = tinyModel();
  const snapshots = new Snapshots();
  const checkpoint = new callbacks.ModelCheckpoint({ path: 'model', save: async () => void saved.push(1), print });
  const callbackList = [new callbacks.TerminateOnNaN({ print }), snapshots, new Poison(6), checkpoint];
  // Two batches an epoch: the poison is given at the end of the third epoch.
  const history = await trainScripted([0.5, 0.4, 0.6, 0.3, 0.2], callbackList, model);
  const sentence = 'Epoch 4, batch 1: the loss is NaN. Training ends; the best weights (epoch 2, val_loss 0.40000) are';
  assert.equal(lines.length, 1);
  assert.ok(lines[0].startsWith(sentence), lines[0]);
  assert.equal(history.epoch.length, 3);
  assert.equal(history.history.loss.length, 3);
  assert.equal(saved.length, 3);
  assert.deepEqual(weightsOf(model), snapshots.ends[1]);
});

test('a loss that is NaN before any epoch was whole ends in one sentence', async () => {
  const training = trainScripted([0.5, 0.4], [new callbacks.TerminateOnNaN(), new Poison(1)]);
  await assert.rejects(training, (error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.message, /^Epoch 1, batch 2: found a loss that is no number.* Lower the learning rate/);
    return true;
  });
});

test('a loss that explodes ends training with the best weights', async () => {
  const lines: string[] = [];
  const linear = tf.sequential({
    layers: [tf.layers.dense({ units: 2, inputShape: [3], kernelInitializer: 'zeros' })],
  });
  linear.compile({ optimizer: tf.train.sgd(1.2), loss: 'meanSquaredError' });
  const nan = new callbacks.TerminateOnNaN({ print: (line) => lines.push(line) });
  const options = { epochs: 50, verbose: 0 as const, callbacks: [nan] };
  const history = await linear.fitDataset(tinyBatches(2), options);
  assert.match(
    lines.join(),
    /^Epoch \d+: the loss has exploded, from 0\.\d+ in the first batch to \d+\.\d+\. Training ends/,
  );
  assert.ok(history.epoch.length < 50);
  assert.ok(weightsOf(linear).flat().every(Number.isFinite));
});

test('TerminateOnNaN says nothing where all goes well', async () => {
  const lines: string[] = [];
  const nan = new callbacks.TerminateOnNaN({ print: (line) => lines.push(line) });
  const history = await trainScripted([0.5, 0.4, 0.6], [nan]);
  assert.equal(history.epoch.length, 3);
  assert.deepEqual(lines, []);
});
