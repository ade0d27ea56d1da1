import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callbacks } from 'celeba-lab';
import { tf } from 'celeba-lab';
import { Snapshots, tinyModel, trainScripted, weightsOf } from './tiny-training';

const options = { monitor: 'val_loss', mode: 'min', patience: 2, verbose: true } as const;

test('EarlyStopping stops after two epochs without a lower val_loss, with the message of Keras', async () => {
  const lines: string[] = [];
  const stopping = new callbacks.EarlyStopping({ ...options, print: (line) => lines.push(line) });
  const history = await trainScripted([0.5, 0.4, 0.45, 0.41, 0.1], [stopping]);
  assert.equal(history.epoch.length, 4);
  assert.equal(stopping.stoppedEpoch, 4);
  assert.deepEqual(lines, ['Epoch 4: early stopping']);
});

test('EarlyStopping says nothing and stops nothing while val_loss falls', async () => {
  const lines: string[] = [];
  const stopping = new callbacks.EarlyStopping({ ...options, print: (line) => lines.push(line) });
  const history = await trainScripted([0.5, 0.4, 0.45, 0.3, 0.35], [stopping]);
  assert.equal(history.epoch.length, 5);
  assert.deepEqual(lines, []);
});

test('EarlyStopping with patience 0 runs a second epoch, as Keras does', async () => {
  const stopping = new callbacks.EarlyStopping({ patience: 0 });
  const history = await trainScripted([NaN, NaN, 0.1], [stopping]);
  assert.equal(history.epoch.length, 2);
});

test('EarlyStopping counts NaN as no improvement and says so', async () => {
  const lines: string[] = [];
  const stopping = new callbacks.EarlyStopping({ ...options, print: (line) => lines.push(line) });
  await trainScripted([0.5, NaN, NaN, 0.1], [stopping]);
  const sentence = 'val_loss is NaN, which counts as no improvement. A lower learning rate may help.';
  assert.deepEqual(lines, [`Epoch 2: ${sentence}`, `Epoch 3: ${sentence}`, 'Epoch 3: early stopping']);
});

test('restoreBestWeights puts the weights of the best epoch back, moving averages included', async () => {
  const lines: string[] = [];
  const model = tinyModel();
  const ends: number[][][] = [];
  const snapshot = new (class extends tf.Callback {
    override async onEpochEnd(): Promise<void> {
      ends.push(weightsOf(model));
    }
  })();
  const stopping = new callbacks.EarlyStopping({
    ...options,
    restoreBestWeights: true,
    print: (line) => lines.push(line),
  });
  await trainScripted([0.5, 0.4, 0.45, 0.41], [snapshot, stopping], model);
  assert.deepEqual(weightsOf(model), ends[1]);
  assert.notDeepEqual(ends[1], ends[3]);
  assert.equal(lines[1], 'Restoring model weights from the end of the best epoch: 2.');
});

test('without restoreBestWeights the last weights stay', async () => {
  const model = tinyModel();
  let last: number[][] = [];
  const snapshot = new (class extends tf.Callback {
    override async onEpochEnd(): Promise<void> {
      last = weightsOf(model);
    }
  })();
  await trainScripted([0.4, 0.45, 0.41], [snapshot, new callbacks.EarlyStopping(options)], model);
  assert.deepEqual(weightsOf(model), last);
});

// What Keras 3's EarlyStopping does with these losses: epochs that ran, and the one whose weights it put back.
const BY_KERAS: [losses: number[], options: callbacks.EarlyStoppingOptions, epochs: number, best: number][] = [
  [[0.5, 0.4, 0.3, 0.35, 0.36, 0.1], { baseline: 0.2, patience: 2 }, 4, 3],
  [[0.5, 0.4, 0.41, 0.15, 0.3, 0.31, 0.1], { baseline: 0.2, patience: 3 }, 3, 2],
  [[0.5, 0.15, 0.3, 0.31, 0.1], { baseline: 0.2, patience: 2, minDelta: 0.1 }, 3, 2],
  [[0.1, 0.9, 0.8, 0.7, 0.71, 0.72, 0.1], { startFromEpoch: 1, patience: 2 }, 6, 4],
  [[0.5, 0.5, 0.4], { startFromEpoch: 1, patience: 0 }, 3, 3],
  [[0.5, 0.55, 0.65, 0.7, 0.72, 0.9], { mode: 'max', minDelta: 0.1, patience: 2 }, 5, 3],
];
for (const [losses, given, epochs, best] of BY_KERAS) {
  test(`EarlyStopping with ${JSON.stringify(given)} ends ${losses.join(', ')} as Keras does`, async () => {
    const model = tinyModel();
    const snapshots = new Snapshots();
    const stopping = new callbacks.EarlyStopping({ ...given, restoreBestWeights: true, print: () => undefined });
    const history = await trainScripted(losses, [snapshots, stopping], model);
    assert.equal(history.epoch.length, epochs);
    assert.deepEqual(weightsOf(model), snapshots.ends[best - 1]);
  });
}

test('an EarlyStopping that watches no epoch stops nothing and puts nothing back', async () => {
  const model = tinyModel();
  const snapshots = new Snapshots();
  const stopping = new callbacks.EarlyStopping({ startFromEpoch: 3, patience: 0, restoreBestWeights: true });
  await trainScripted([0.1, 0.9, 0.8], [snapshots, stopping], model);
  assert.deepEqual(weightsOf(model), snapshots.ends[2]);
});

test('EarlyStopping refuses a baseline that is no number and a part of an epoch to start from', () => {
  assert.throws(() => new callbacks.EarlyStopping({ baseline: NaN }), /EarlyStopping, baseline: found NaN/);
  assert.throws(() => new callbacks.EarlyStopping({ startFromEpoch: 0.5 }), /startFromEpoch: found 0\.5/);
});

test('a negative patience is refused', () => {
  assert.throws(
    () => new callbacks.EarlyStopping({ patience: -1 }),
    /EarlyStopping, patience: found -1, expected 0 or more/,
  );
});

test('EarlyStopping that has stopped one fit begins the next with all its patience, and has stopped nothing', async () => {
  const stopping = new callbacks.EarlyStopping({ patience: 3, print: () => undefined });
  await trainScripted([0.5, 0.6, 0.7, 0.8, 0.1], [stopping]);
  assert.equal(stopping.stoppedEpoch, 4);
  const history = await trainScripted([NaN, NaN, 0.4], [stopping]);
  assert.deepEqual([history.epoch.length, stopping.stoppedEpoch], [3, undefined]);
});
