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
