import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dataset, photos, project, tf, training } from 'celeba-lab';
import { ablate, type AblationRow } from '../../../scripts/compare/ablation';
import { compareRates } from '../../../scripts/compare/rates';
import { trainRun } from '../../../scripts/compare/train-run';

let settings: project.Settings;
let data: dataset.Dataset;
/** Where the features of views are, which two tests need. */
let ofViews: string;

/** A few drawings, small batches, one epoch. */
before(async () => {
  const OUTPUTS = await mkdtemp(join(tmpdir(), 'train-run-'));
  ofViews = await mkdtemp(join(tmpdir(), 'views-'));
  settings = project.readSettings({ OUTPUTS, TRAIN: '12', VALID: '4', TEST: '4', BATCH: '4', EPOCHS: '1' });
  const all = await dataset.openDataset(settings.dataset, settings);
  data = { ...all, photos: (await photos.selectReadable(all, settings)).readable };
});

after(async () => {
  for (const folder of [settings.outputs, ofViews]) await rm(folder, { recursive: true });
});

/** Seven of the drawings: three to train, and two of each other part. */
function fewOf(all: dataset.Dataset): dataset.Dataset {
  const photosOf = (part: dataset.Part, count: number) =>
    all.photos.filter((photo) => photo.part === part).slice(0, count);
  return { ...all, photos: [...photosOf('train', 3), ...photosOf('validation', 2), ...photosOf('test', 2)] };
}

for (const recipe of ['scaled', 'improved'] as const) {
  test(`trainRun leaves no tensor behind, recipe ${recipe}`, async () => {
    const tensors = tf.memory().numTensors;
    await trainRun(recipe, 1, data, settings, () => undefined);
    assert.equal(tf.memory().numTensors, tensors);
  });
}

test('trainRun trains by the improved recipe of many photos: several views, two an epoch, gradients clipped', async (t) => {
  const recipe = { ...training.improvedRecipe(60), epochs: 1, degradedViews: 1 };
  assert.deepEqual([recipe.views, recipe.viewsPerEpoch, recipe.clipNorm, recipe.testTimeFlip], [true, 2, 1, true]);
  const step = t.mock.method(training.LayeredAdam.prototype, 'applyGradients');
  const tensors = tf.memory().numTensors;
  const run = await trainRun(recipe, 1, fewOf(data), { ...settings, outputs: ofViews, batchSize: 2 }, () => undefined);
  assert.equal(tf.memory().numTensors, tensors);
  assert.deepEqual([run.recipe, run.epochs.length, run.keptEpoch, run.answers?.length], ['improved', 1, 1, 2]);
  // Three photos seen twice, in batches of two.
  assert.deepEqual(
    step.mock.calls.map((call) => (call.this as training.LayeredAdam).getConfig().clipNorm),
    [1, 1, 1],
  );
  assert.ok(Number.isFinite(run.epochs[0].val_loss) && run.test >= 0 && run.test <= 1);
  // A store for each view: as it is, mirrored, and two moved and two made worse, since two of the three photos are of one class.
  assert.equal((await readdir(join(ofViews, 'features'))).length, 6);
});

test('ablate trains what is not there yet, without the part it names, and judges by validation photos, also made worse', async (t) => {
  const whole = { ...training.improvedRecipe(60), epochs: 1, degradedViews: 1 };
  const step = t.mock.method(training.LayeredAdam.prototype, 'applyGradients');
  const printed: string[] = [];
  const rows: AblationRow[] = [];
  const stop = async (row: AblationRow): Promise<void> => {
    rows.push(row);
    throw new Error('enough');
  };
  const done = [{ without: 'nothing', val_loss: 1, val_accuracy: 1, wrong: 0 }];
  const tensors = tf.memory().numTensors;
  await assert.rejects(
    ablate(
      whole,
      fewOf(data),
      { ...settings, outputs: ofViews, batchSize: 2 },
      done,
      (line) => printed.push(line),
      stop,
    ),
    /enough/,
  );
  assert.equal(tf.memory().numTensors, tensors);
  assert.equal(printed[0], 'improved, without clipped gradients');
  const clipped = step.mock.calls.map((call) => (call.this as training.LayeredAdam).getConfig().clipNorm);
  assert.deepEqual([...new Set(clipped)], [undefined]);
  const [{ without, val_loss, wrong, worse }] = rows;
  assert.deepEqual([without, worse?.photos], ['clipped gradients', 2]);
  assert.ok(Number.isFinite(val_loss) && [wrong, worse!.wrong].every((count) => [0, 1, 2].includes(count)));
});

test('compareRates leaves no tensor behind, neither of the search for a rate nor of a training', async () => {
  const tensors = tf.memory().numTensors;
  const left: number[] = [];
  const print = (line: string): void => {
    if (!line.startsWith('learning rate')) return;
    left.push(tf.memory().numTensors - tensors);
    if (left.length === 2) throw new Error('enough');
  };
  await assert.rejects(
    compareRates(data, settings, [], print, async () => undefined),
    /enough/,
  );
  assert.deepEqual(left, [0, 0]);
});
