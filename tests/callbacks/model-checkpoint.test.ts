import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { callbacks, project } from 'celeba-lab';
import { trainScripted } from './tiny-training';

async function checkpointRun(losses: number[], options: Partial<callbacks.ModelCheckpointOptions> = {}) {
  const lines: string[] = [];
  let saves = 0;
  const checkpoint = new callbacks.ModelCheckpoint({
    path: 'outputs/model',
    save: async () => {
      saves += 1;
    },
    monitor: 'val_loss',
    mode: 'min',
    saveBestOnly: true,
    verbose: true,
    print: (line) => lines.push(line),
    ...options,
  });
  await trainScripted(losses, [checkpoint]);
  return { checkpoint, lines, saves };
}

test('ModelCheckpoint saves where val_loss improves and tells it with the words of Keras', async () => {
  const { lines, saves, checkpoint } = await checkpointRun([0.5, 0.61, 0.123456789]);
  assert.deepEqual(lines, [
    'Epoch 1: val_loss improved from None to 0.50000, saving model to outputs/model',
    'Epoch 2: val_loss did not improve from 0.50000',
    'Epoch 3: val_loss improved from 0.50000 to 0.12346, saving model to outputs/model',
  ]);
  assert.equal(saves, 2);
  assert.equal(checkpoint.best, 0.123456789);
  assert.equal(checkpoint.bestEpoch, 3);
});

test('ModelCheckpoint without saveBestOnly saves each epoch', async () => {
  const { lines, saves } = await checkpointRun([0.5, 0.6], { saveBestOnly: false });
  assert.equal(saves, 2);
  assert.equal(lines[1], 'Epoch 2: saving model to outputs/model');
});

test('ModelCheckpoint never saves a NaN as the best', async () => {
  const { lines, saves } = await checkpointRun([NaN, 0.5, NaN]);
  assert.equal(saves, 1);
  assert.equal(lines[0], 'Epoch 1: val_loss is NaN, which does not improve on None');
  assert.equal(lines[2], 'Epoch 3: val_loss is NaN, which does not improve on 0.50000');
});

test('ModelCheckpoint never saves an infinite loss as the best', async () => {
  const { lines, saves, checkpoint } = await checkpointRun([Infinity, 0.5]);
  assert.deepEqual([saves, checkpoint.bestEpoch], [1, 2]);
  assert.equal(lines[0], 'Epoch 1: val_loss is Infinity, which does not improve on None');
});

test('ModelCheckpoint that saves each epoch leaves out one without a finite val_loss, and says so unasked', async () => {
  const savedAfter: number[] = [];
  const lines: string[] = [];
  const checkpoint = new callbacks.ModelCheckpoint({
    path: 'outputs/model',
    save: async () => void savedAfter.push(lines.length),
    print: (line) => lines.push(line),
  });
  await trainScripted([NaN, 0.5, Infinity, 0.6, NaN], [checkpoint]);
  assert.deepEqual(lines, [
    "Epoch 1: val_loss is NaN, so this epoch's model is not saved; none was saved before.",
    "Epoch 3: val_loss is Infinity, so this epoch's model is not saved; outputs/model keeps the one before.",
    "Epoch 5: val_loss is NaN, so this epoch's model is not saved; outputs/model keeps the one before.",
  ]);
  assert.deepEqual(savedAfter, [1, 2], 'epochs 2 and 4');
});

test('ModelCheckpoint shows a path inside the project without the folders above it', async () => {
  const { lines } = await checkpointRun([0.5], { path: project.projectPath('outputs', 'model') });
  assert.match(lines[0], /saving model to outputs\/model$/);
});

test('ModelCheckpoint shows a path elsewhere as it is reached from the working directory', async () => {
  const path = join(tmpdir(), 'somewhere', 'best');
  const { lines } = await checkpointRun([0.5], { path });
  assert.ok(lines[0].endsWith(`saving model to ${relative(process.cwd(), path)}`), lines[0]);
});

test('a model that cannot be saved ends the fit with the reason', async () => {
  const save = () => Promise.reject(new Error('no space left'));
  await assert.rejects(checkpointRun([0.5], { save }), /no space left/);
});

test('ModelCheckpoint is silent unless verbose', async () => {
  const { lines, saves } = await checkpointRun([0.5], { verbose: false });
  assert.equal(saves, 1);
  assert.deepEqual(lines, []);
});
