import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callbacks } from 'celeba-lab';
import { tf } from 'celeba-lab';
import { tinyModel, trainScripted, weightsOf } from './tiny-training';

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
