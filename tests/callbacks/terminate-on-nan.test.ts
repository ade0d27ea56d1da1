import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { callbacks, InputError, tf } from 'celeba-lab';
import { tinyBatches, tinyModel, trainScripted, weightsOf } from './tiny-training';

/** Puts a value, NaN at first, into the first weights after a batch, counted over the whole training. */
class Poison extends tf.Callback {
  private batches = 0;

  constructor(
    private readonly after: number,
    private readonly value = NaN,
  ) {
    super();
  }

  override async onBatchEnd(): Promise<void> {
    this.batches += 1;
    if (this.batches !== this.after) return;
    const [kernel] = this.model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    tf.tidy(() => kernel.assign(tf.fill(kernel.shape, this.value)));
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

/** One layer with a rate far too high: its loss grows from batch to batch. */
function explodingModel(): tf.Sequential {
  const linear = tf.sequential({
    layers: [tf.layers.dense({ units: 2, inputShape: [3], kernelInitializer: 'zeros' })],
  });
  linear.compile({ optimizer: tf.train.sgd(1.2), loss: 'meanSquaredError' });
  return linear;
}

test('a loss that becomes infinite ends training after that batch', async () => {
  const lines: string[] = [];
  const nan = new callbacks.TerminateOnNaN({ print: (line) => lines.push(line) });
  // The square of 1e30 is beyond float32. Two batches an epoch.
  const history = await trainScripted([0.5, 0.4, 0.3], [nan, new Poison(3, 1e30)], explodingModel());
  assert.match(lines.join(), /^Epoch 2, batch 2: the loss is Infinity\. Training ends; the best weights \(epoch 1,/);
  assert.equal(history.epoch.length, 1);
});

test('a loss that explodes ends training with the best weights', async () => {
  const lines: string[] = [];
  const linear = explodingModel();
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

test('an epoch has exploded where its loss is more than `explosion` times that of the first batch', async () => {
  for (const explosion of [2, 100]) {
    const nan = new callbacks.TerminateOnNaN({ explosion, print: () => undefined });
    const batchLosses: number[] = [];
    const watch = new tf.CustomCallback({ onBatchEnd: async (_, logs) => void batchLosses.push(logs!.loss) });
    const options = { epochs: 50, verbose: 0 as const, callbacks: [nan, watch] as tf.CustomCallback[] };
    const { history } = await explodingModel().fitDataset(tinyBatches(2), options);
    const exploded = (history.loss as number[]).map((loss) => loss > explosion * batchLosses[0]);
    assert.ok(exploded.length < 50);
    assert.equal(exploded.indexOf(true), exploded.length - 1, `${explosion}: ${history.loss.join(', ')}`);
  }
});

/** Puts training losses by script into the logs: that of each batch in the first epoch, and each epoch's. */
class ScriptedTraining extends tf.Callback {
  constructor(
    private readonly batchLoss: number,
    private readonly epochLosses: number[],
  ) {
    super();
  }

  override async onBatchEnd(_batch: number, logs: Record<string, number | tf.Scalar> = {}): Promise<void> {
    tf.dispose(logs.loss);
    logs.loss = this.batchLoss;
  }

  override async onEpochEnd(epoch: number, logs: Record<string, number | tf.Scalar> = {}): Promise<void> {
    tf.dispose(logs.loss);
    logs.loss = this.epochLosses[epoch];
  }
}

/** Epochs of a training whose first batch has a loss of .003, and what was said of it. */
async function trainFromSmallLoss(loss: string, units: number, epochLosses: number[]) {
  const lines: string[] = [];
  const model = tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [3], activation: 'sigmoid' })] });
  model.compile({ optimizer: 'sgd', loss });
  const batches = tf.data.array([{ xs: tf.ones([4, 3]), ys: tf.ones([4, units]) }]);
  const list = [
    new ScriptedTraining(0.003, epochLosses),
    new callbacks.TerminateOnNaN({ print: (line) => lines.push(line) }),
  ];
  const options = { epochs: epochLosses.length, verbose: 0 as const, callbacks: list };
  const { epoch } = await model.fitDataset(batches, options);
  return { epochs: epoch.length, said: lines.join() };
}

test('a loss that is no worse than guessing has not exploded, however small that of the first batch was', async () => {
  // log 2 = .693 for units that are judged each for itself, log 3 = 1.099 for a softmax of three.
  const binary = await trainFromSmallLoss('binaryCrossentropy', 3, [0.002, 0.05, 0.69, 0.7, 0.1]);
  assert.equal(binary.epochs, 4);
  assert.match(
    binary.said,
    /^Epoch 4: the loss has exploded, from 0\.003 in the first batch to 0\.700\. Training ends/,
  );
  const softmax = await trainFromSmallLoss('categoricalCrossentropy', 3, [0.05, 0.7, 1.09, 1.11, 0.1]);
  assert.equal(softmax.epochs, 4);
  // What guessing comes to is known of these losses only.
  assert.equal((await trainFromSmallLoss('meanSquaredError', 3, [0.002, 0.05, 0.1])).epochs, 2);
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
  assert.match(lines[0], /^All \d+ epochs were finished/);
  assert.deepEqual(lines.slice(1), expected.lines.slice(1));
  assert.deepEqual({ weights, losses }, { weights: expected.weights, losses: expected.losses });
  await rm(folder, { recursive: true });
});

/** Gives a callback the state of an epoch that exploded, as `resumable` does when it goes on behind it. */
class Load extends tf.Callback {
  constructor(private readonly nan: callbacks.TerminateOnNaN) {
    super();
  }

  override async onTrainBegin(): Promise<void> {
    this.nan.loadState({ values: { firstLoss: 1, fault: 'Epoch 1: the loss has exploded.' } });
  }
}

test('a loss that exploded in an epoch after which training goes on does not end it', async () => {
  const lines: string[] = [];
  const nan = new callbacks.TerminateOnNaN({ print: (line) => lines.push(line) });
  const { epoch } = await trainScripted([0.5, 0.4], [nan, new Load(nan)]);
  assert.deepEqual([epoch.length, lines], [2, []]);
});

test('a stop in the batch whose loss became NaN leaves the whole epochs in the history, each once', async (t) => {
  const outputs = await mkdtemp(join(tmpdir(), 'stopped-'));
  t.after(() => rm(outputs, { recursive: true }));
  const print = (): void => undefined;
  const model = tinyModel();
  const run = await callbacks.resumable({ outputs, model, facts: {}, print });
  const history = await callbacks.interruptible(
    async (interrupt) => {
      let batches = 0;
      // Two batches an epoch: the fifth is the first of the third epoch.
      const onBatchEnd = async () => void (++batches === 5 && interrupt.request());
      const stop = new tf.CustomCallback({ onBatchEnd }) as unknown as tf.Callback;
      const list = [stop, interrupt, new callbacks.TerminateOnNaN({ print }), new Poison(4)];
      return trainScripted([0.5, 0.4, 0.3, 0.2], run.callbacks(list), model);
    },
    { print },
  );
  assert.deepEqual(history.epoch, [0, 1]);
  assert.deepEqual(history.history.val_loss, [0.5, 0.4]);
});

test('TerminateOnNaN refuses an explosion that every epoch would be', () => {
  for (const explosion of [1, 0, -2, NaN])
    assert.throws(() => new callbacks.TerminateOnNaN({ explosion }), /explosion.*above 1/);
});

test('TerminateOnNaN says nothing where all goes well', async () => {
  const lines: string[] = [];
  const nan = new callbacks.TerminateOnNaN({ print: (line) => lines.push(line) });
  const history = await trainScripted([0.5, 0.4, 0.6], [nan]);
  assert.equal(history.epoch.length, 3);
  assert.deepEqual(lines, []);
});
