import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { callbacks, InputError, tf } from 'celeba-lab';
import { explodingModel, Snapshots, tinyModel, trainScripted, weightsOf } from './tiny-training';

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
    assert.match(
      error.message,
      /^Epoch 1, batch 2: found a loss that is NaN, and no epoch before it.* Lower the learning rate/,
    );
    return true;
  });
});

test('a loss that becomes infinite ends training after that batch', async () => {
  const lines: string[] = [];
  const nan = new callbacks.TerminateOnNaN({ print: (line) => lines.push(line) });
  // The square of 1e30 is beyond float32. Two batches an epoch.
  const history = await trainScripted([0.5, 0.4, 0.3], [nan, new Poison(3, 1e30)], explodingModel());
  assert.match(lines.join(), /^Epoch 2, batch 2: the loss is Infinity\. Training ends; the best weights \(epoch 1,/);
  assert.equal(history.epoch.length, 1);
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

test('TerminateOnNaN says nothing where all goes well', async () => {
  const lines: string[] = [];
  const nan = new callbacks.TerminateOnNaN({ print: (line) => lines.push(line) });
  const history = await trainScripted([0.5, 0.4, 0.6], [nan]);
  assert.equal(history.epoch.length, 3);
  assert.deepEqual(lines, []);
});
