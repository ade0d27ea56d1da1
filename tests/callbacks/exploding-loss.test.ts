import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { callbacks, InputError, tf } from 'celeba-lab';
import { explodingModel, Snapshots, tinyBatches, weightsOf } from './tiny-training';

test('a loss that explodes ends training with the best weights, and its epoch is left out', async () => {
  const lines: string[] = [];
  const linear = explodingModel();
  const snapshots = new Snapshots();
  const nan = new callbacks.TerminateOnNaN({ print: (line) => lines.push(line) });
  const options = { epochs: 50, verbose: 0 as const, callbacks: [snapshots, nan] };
  const { epoch, history } = await linear.fitDataset(tinyBatches(2), options);
  assert.match(
    lines.join(),
    /^Epoch \d+: the loss has exploded, from 0\.\d+ in the first batch to \d+\.\d+\. Training ends; the best weights/,
  );
  assert.deepEqual([epoch.length, history.loss.length], [snapshots.ends.length - 1, snapshots.ends.length - 1]);
  assert.deepEqual(weightsOf(linear), snapshots.ends[nan.bestEpoch! - 1]);
});

test('an epoch has exploded where its loss is more than `explosion` times that of the first batch', async () => {
  for (const explosion of [2, 100]) {
    const nan = new callbacks.TerminateOnNaN({ explosion, print: () => undefined });
    const [batchLosses, losses]: number[][] = [[], []];
    const watch = new tf.CustomCallback({
      onBatchEnd: async (_, logs) => void batchLosses.push(logs!.loss),
      onEpochEnd: async (_, logs) => void losses.push(logs!.loss),
    });
    const options = { epochs: 50, verbose: 0 as const, callbacks: [watch, nan] as tf.CustomCallback[] };
    await explodingModel().fitDataset(tinyBatches(2), options);
    assert.ok(losses.length < 50);
    // Two batches an epoch: two epochs are judged together.
    const means = losses.flatMap((loss, i) => (i % 2 === 1 ? [(losses[i - 1] + loss) / 2] : []));
    const exploded = means.map((mean) => mean > explosion * batchLosses[0]);
    assert.equal(exploded.indexOf(true), exploded.length - 1, `${explosion}: ${losses.join(', ')}`);
  }
});

/** Puts training losses by script into the logs: those of all batches, and each epoch's mean. */
class ScriptedTraining extends tf.Callback {
  private epoch = 0;

  constructor(private readonly losses: number[][]) {
    super();
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.epoch = epoch;
  }

  override async onBatchEnd(batch: number, logs: Record<string, number | tf.Scalar> = {}): Promise<void> {
    tf.dispose(logs.loss);
    logs.loss = this.losses[this.epoch][batch];
  }

  override async onEpochEnd(epoch: number, logs: Record<string, number | tf.Scalar> = {}): Promise<void> {
    tf.dispose(logs.loss);
    const losses = this.losses[epoch];
    logs.loss = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
  }
}

/** Whole epochs of a training with these losses, by epoch and batch, and what was said of it. */
async function trainWithLosses(
  losses: number[][],
  { loss = 'binaryCrossentropy', units = 2, first = [] as number[] } = {},
) {
  const lines: string[] = [];
  const model = tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [3], activation: 'sigmoid' })] });
  model.compile({ optimizer: 'sgd', loss });
  const script = first.length > 0 ? [first, ...losses] : losses;
  const batch = { xs: tf.ones([4, 3]), ys: tf.ones([4, units]) };
  const batches = tf.data.array(script[0].map(() => batch));
  const list = [new ScriptedTraining(script), new callbacks.TerminateOnNaN({ print: (line) => lines.push(line) })];
  const options = { epochs: script.length, verbose: 0 as const, callbacks: list };
  const { epoch } = await model.fitDataset(batches, options);
  return { epochs: epoch.length, said: lines.join() };
}

/** Epochs of four batches, each with one of these losses. */
const evenly = (losses: number[]): number[][] => losses.map((loss) => [loss, loss, loss, loss]);

// Batch losses of notebook 3 with a rate of 1: two classes, certain, and wrong half the time.
const SATURATED = [0.93, 5.9, 8.015, 8.015];
const USUAL = [0.93, 0.7, 0.6, 0.5];

test('a cross-entropy of answers that are certain and half wrong has exploded, though ten times the first is beyond it', async () => {
  for (const loss of ['binaryCrossentropy', 'categoricalCrossentropy']) {
    const { epochs, said } = await trainWithLosses([USUAL, SATURATED], { loss });
    assert.equal(epochs, 1);
    assert.match(said, /^Epoch 2: the loss has exploded, from 0\.930 in the first batch to 5\.715\. Training ends/);
  }
});

test('a loss that explodes in the first epoch ends in one sentence', async () => {
  await assert.rejects(trainWithLosses([SATURATED]), (error) => {
    assert.ok(error instanceof InputError);
    assert.match(
      error.message,
      /^Epoch 1: found a loss that has exploded, from 0\.930 in .* Lower the learning rate\.$/,
    );
    return true;
  });
});

test('a single batch that leaps has not exploded, also where it is a whole epoch', async () => {
  const leap = [0.7, 0.9, 8.1, 1.2];
  const wholeEpochs = [...USUAL, ...leap, ...USUAL].map((loss) => [loss]);
  for (const losses of [[USUAL, leap, USUAL], wholeEpochs])
    assert.deepEqual(await trainWithLosses(losses), { epochs: losses.length, said: '' });
});

test('epochs of few batches are judged together', async () => {
  const { epochs, said } = await trainWithLosses(
    [0.93, 0.7, 5.9, 8.015, 8.015, 8.015, 8.015, 8.015].map((loss) => [loss]),
  );
  assert.deepEqual([epochs, said.slice(0, 36)], [3, 'Epoch 4: the loss has exploded, from']);
});

test('a loss that begins beyond the limit and falls has not exploded', async () => {
  const { epochs } = await trainWithLosses(evenly([3.9, 3.5, 2, 0.5]), { first: [4, 4, 4, 3.9] });
  assert.equal(epochs, 5);
});

test('a loss below twice that of guessing has not exploded, however small that of the first batch was', async () => {
  // Twice log 2 = 1.386 for units that are judged each for itself, twice log 3 = 2.197 for a softmax of three.
  const first = [0.003, 0.003, 0.003, 0.003];
  const binary = await trainWithLosses(evenly([0.05, 1.38, 1.4, 0.1]), { units: 3, first });
  assert.equal(binary.epochs, 3);
  assert.match(
    binary.said,
    /^Epoch 4: the loss has exploded, from 0\.003 in the first batch to 1\.400\. Training ends/,
  );
  const softmax = { loss: 'categoricalCrossentropy', units: 3, first };
  assert.equal((await trainWithLosses(evenly([0.05, 2.19, 2.2, 0.1]), softmax)).epochs, 3);
  // What guessing comes to is known of these losses only.
  const square = { loss: 'meanSquaredError', units: 3, first };
  assert.equal((await trainWithLosses(evenly([0.02, 0.05, 0.1]), square)).epochs, 2);
});

/** Ends the process's training as a fault would, when all epochs are done. */
class LastFault extends tf.Callback {
  constructor(private readonly throws: boolean) {
    super();
  }

  override async onTrainEnd(): Promise<void> {
    if (this.throws) throw new Error('a fault');
  }
}

/** Trains until the loss explodes, or ends what was left of it. */
async function explode(outputs: string, throws: boolean) {
  const linear = explodingModel();
  const lines: string[] = [];
  const nan = new callbacks.TerminateOnNaN({ print: (line) => lines.push(line) });
  const run = await callbacks.resumable({ outputs, model: linear, facts: {}, print: (line) => lines.push(line) });
  const { initialEpoch } = run;
  const list = run.callbacks([new LastFault(throws), nan]);
  const history = await linear.fitDataset(tinyBatches(2), { epochs: 50, initialEpoch, verbose: 0, callbacks: list });
  return { lines, weights: weightsOf(linear), losses: history.history.loss };
}

test('a training that was killed after its loss had exploded ends with the best weights when it is started again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'exploded-'));
  const [whole, killed] = ['whole', 'killed'].map((name) => join(folder, name));
  const expected = await explode(whole, false);
  assert.ok(expected.losses.length > 1);
  await assert.rejects(explode(killed, true), /a fault/);
  const { lines, weights, losses } = await explode(killed, false);
  assert.match(lines[0], /^Continues after epoch \d+/);
  assert.deepEqual(lines.slice(1), expected.lines.slice(1));
  assert.deepEqual({ weights, losses }, { weights: expected.weights, losses: expected.losses });
  await rm(folder, { recursive: true });
});

test('TerminateOnNaN refuses an explosion that every epoch would be', () => {
  for (const explosion of [1, 0, -2, NaN])
    assert.throws(() => new callbacks.TerminateOnNaN({ explosion }), /explosion.*above 1/);
});
