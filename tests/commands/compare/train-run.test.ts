import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dataset, photos, project, tf } from 'celeba-lab';
import { compareRates } from '../../../scripts/compare/rates';
import { trainRun } from '../../../scripts/compare/train-run';

let settings: project.Settings;
let data: dataset.Dataset;

/** A few drawings, one epoch. */
before(async () => {
  const OUTPUTS = await mkdtemp(join(tmpdir(), 'train-run-'));
  settings = project.readSettings({ OUTPUTS, TRAIN: '24', VALID: '8', TEST: '8', EPOCHS: '1' });
  const all = await dataset.openDataset(settings.dataset, settings);
  data = { ...all, photos: (await photos.selectReadable(all, settings)).readable };
});

after(() => rm(settings.outputs, { recursive: true }));

for (const recipe of ['scaled', 'improved'] as const) {
  test(`trainRun leaves no tensor behind, recipe ${recipe}`, async () => {
    const tensors = tf.memory().numTensors;
    await trainRun(recipe, 1, data, settings, () => undefined);
    assert.equal(tf.memory().numTensors, tensors);
  });
}

test('compareRates leaves no tensor behind, neither of the search for a rate nor of a training', async () => {
  const tensors = tf.memory().numTensors;
  const left: number[] = [];
  const print = (line: string): void => {
    if (!line.startsWith('learning rate')) return;
    left.push(tf.memory().numTensors - tensors);
    if (left.length === 2) throw new Error('enough');
  };
  await assert.rejects(
    compareRates(data, settings, print, async () => undefined),
    /enough/,
  );
  assert.deepEqual(left, [0, 0]);
});
