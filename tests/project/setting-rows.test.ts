import assert from 'node:assert/strict';
import { relative } from 'node:path';
import { test } from 'node:test';
import { project } from 'celeba-lab';

test('settingRows shows the variables asked for, in that order', () => {
  const rows = project.settingRows(project.readSettings({ BATCH: '7' }), ['SEED', 'BATCH']);
  assert.deepEqual(
    rows.map(({ variable, value }) => [variable, value]),
    [
      ['SEED', 1],
      ['BATCH', 7],
    ],
  );
});

test('settingRows shows folders inside the project from there on, others whole, from the working directory', () => {
  const settings = project.readSettings({ DATASET: '/somewhere/faces', OUTPUTS: 'data/out' });
  const rows = project.settingRows(settings, ['DATASET', 'OUTPUTS']);
  assert.deepEqual(
    rows.map(({ value }) => value),
    [relative(process.cwd(), '/somewhere/faces'), 'data/out'],
  );
});

test('settingRows shows each setting under its own variable', () => {
  const chosen = {
    DATASET: 'data/faces',
    ATTRIBUTE: 'Smiling',
    SPLIT: 'random',
    TRAIN: 11,
    VALID: 12,
    TEST: 13,
    BATCH: 14,
    EPOCHS: 15,
    RECIPE: 'article',
    HEAD: 'softmax',
    SHAPE: 'true',
    PRECISION: 'bfloat16',
    FROZEN: 'network',
    SEED: 16,
    RESUME: 0,
    PHOTOS: 'tests/project',
    OUTPUTS: 'data/out',
  };
  const env = Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name, String(value)]));
  const rows = project.settingRows(project.readSettings(env));
  assert.deepEqual(Object.fromEntries(rows.map(({ variable, value }) => [variable, value])), chosen);
  assert.equal(rows.length, Object.keys(chosen).length);
});
