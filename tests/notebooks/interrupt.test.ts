/** The stop button: real interrupts, sent through Jupyter's client to a real kernel that trains. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { writeKernelspec } from '../../scripts/lab/kernelspec';

const ROOT = resolve(__dirname, '..', '..');

/** What came of one interrupted training. */
interface Outcome {
  status: string;
  printed: string;
  /** Batches begun after the (last) interrupt was sent. */
  batchesAfter: number;
  /** Batches begun after the cell had ended. */
  batchesBehind: number;
  /** The process that answers the next cell. */
  pid: number;
  /** The next cell's view of the training's `history`: whole epochs, and lengths of its arrays. */
  epochs: number;
  lengths: number[];
  afterStatus: string;
  after?: string;
}

const PREPARE = `
import { callbacks, tf } from 'celeba-lab';
const model = tf.sequential({ layers: [
  tf.layers.conv2d({ filters: 16, kernelSize: 3, inputShape: [24, 24, 3], activation: 'relu' }),
  tf.layers.flatten(),
  tf.layers.dense({ units: 2, activation: 'sigmoid' }),
] });
model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy', metrics: ['accuracy'] });
const begunMs: number[] = [];
const batch = () => ({
  xs: tf.randomNormal([32, 24, 24, 3]),
  ys: tf.oneHot(tf.tensor1d([...Array(32).keys()].map((i) => i % 2), 'int32'), 2),
});
const batches = (count: number, pauseMs = 0) => tf.data.generator(function* () {
  for (let i = 0; i < count; i++) {
    begunMs.push(Date.now());
    if (begunMs.length === 1) console.log('begun');
    yield batch();
  }
} as never).mapAsync(async (made) => {
  if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  return made;
});
`;

const TRAIN = `
begunMs.length = 0;
const history = await callbacks.interruptible((interrupt) =>
  model.fitDataset(batches(12, 20), {
    epochs: 1000, verbose: 0, validationData: interrupt.watch(batches(6, 20)) as never, callbacks: [interrupt],
  }));
`;

const AFTER = `
const count = begunMs.length;
await new Promise((resolve) => setTimeout(resolve, 200));
console.log(JSON.stringify({
  batchesAfter: begunMs.filter((ms) => ms > SENT_MS).length,
  batchesBehind: begunMs.length - count,
  pid: process.pid,
  epochs: history.epoch.length,
  lengths: Object.values(history.history).map((values) => values.length),
}));
`;

// Each batch takes long enough for the second interrupt to find the first one's batch still under way.
const TRAIN_SLOWLY = TRAIN.replace('const history = ', '').replace('batches(12, 20)', 'batches(12, 400)');
const AFTER_ERROR = AFTER.replace(/ *(epochs|lengths): .*\n/g, '');

// Long work beside training: features of photos, two at a time.
const extractInto = (store: string): string => `
import { dataset, features, photos, project } from 'celeba-lab';
begunMs.length = 0;
const sample = await dataset.openDataset(undefined, project.readSettings({}));
const format = photos.formatOf('true');
const layer = tf.layers.averagePooling2d({ poolSize: 32, inputShape: [format.height, format.width, 3] });
const trunk = tf.sequential({ layers: [layer] });
const store = await features.FeatureStore.open(${JSON.stringify(store)}, trunk, format);
await features.extractFeatures(trunk, store, sample.photos, format, {
  batchSize: 2,
  onProgress: async () => {
    begunMs.push(Date.now());
    if (begunMs.length === 1) console.log('begun');
    await new Promise((resolve) => setTimeout(resolve, 20));
  },
});
`;

// Spread over training and validation batches of the first epochs; a batch takes some tens of milliseconds.
const ONCE = Array.from({ length: 20 }, (_, i) => [0.02 + i * 0.053]);
const TWICE = [
  [0.3, 0.02],
  [0.5, 0.1],
  [0.1, 0.05],
];

describe('the stop button', () => {
  const folder = mkdtempSync(join(tmpdir(), 'interrupt-'));
  let outcomes: Outcome[];
  let alive: boolean;
  before(() => {
    const once = ONCE.map((waits) => ({ train: TRAIN, after: AFTER, waits }));
    const twice = TWICE.map((waits) => ({ train: TRAIN_SLOWLY, after: AFTER_ERROR, waits }));
    const extract = { train: extractInto(join(folder, 'store')), after: AFTER_ERROR, waits: [0.3] };
    const lines = interruptTrainings(folder, [...once, ...twice, extract]);
    outcomes = lines.slice(0, -1) as Outcome[];
    alive = (lines.at(-1) as { alive: boolean }).alive;
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const once = () => outcomes.slice(0, ONCE.length);
  const twice = () => outcomes.slice(ONCE.length, -1);

  test('20 of 20 interrupted trainings end their cell normally, with a sentence that says so', () => {
    const ended = once().filter(({ status, printed }) => status === 'ok' && /Stopped by the user/.test(printed));
    assert.equal(ended.length, 20, JSON.stringify(once(), null, 1));
  });

  test('at most two batches begin after the interrupt', () => {
    assert.deepEqual(
      once()
        .map(({ batchesAfter }) => batchesAfter)
        .filter((count) => !(count <= 2)),
      [],
    );
  });

  test("the next cell has the training's history, one value an epoch", () => {
    for (const { afterStatus, epochs, lengths } of once()) {
      assert.equal(afterStatus, 'ok');
      assert.deepEqual(lengths, Array<number>(4).fill(epochs));
    }
  });

  test('nothing goes on behind the cell, and the same kernel process answers all the time', () => {
    assert.deepEqual(new Set(once().map(({ batchesBehind }) => batchesBehind)), new Set([0]));
    assert.equal(new Set(outcomes.map(({ pid }) => pid)).size, 1);
    assert.equal(alive, true);
  });

  test('a second interrupt ends the cell at once, with an error that says so, and nothing goes on', () => {
    for (const { status, printed, batchesAfter, batchesBehind } of twice()) {
      assert.equal(status, 'error', printed);
      assert.match(printed, /StoppedAtOnce|Stopped at once/);
      assert.ok(batchesAfter <= 1, `${batchesAfter} batches began after it`);
      assert.equal(batchesBehind, 0);
    }
  });

  test('interrupted while features are computed, the cell ends with a sentence without a path, and nothing goes on', () => {
    const { status, printed, batchesAfter, batchesBehind } = outcomes[outcomes.length - 1];
    assert.equal(status, 'error', printed);
    assert.match(printed, /Stopped: Stopped by the user after \d+ of 240 photos, whose features are kept/);
    assert.doesNotMatch(printed, / at |\//);
    assert.ok(batchesAfter <= 1, `${batchesAfter} batches began after it`);
    assert.equal(batchesBehind, 0);
  });
});

/** The outcome of each interrupt, and at last whether the kernel is alive. */
function interruptTrainings(folder: string, trials: object[]): unknown[] {
  writeKernelspec(folder);
  const cells = join(folder, 'cells.json');
  writeFileSync(cells, JSON.stringify({ prepare: PREPARE, trials }));
  const python = join(ROOT, '.venv', 'bin', 'python');
  const script = join(__dirname, 'interrupt_training.py');
  const run = spawnSync(python, [script, join(folder, 'kernels'), cells], { cwd: ROOT, encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}
