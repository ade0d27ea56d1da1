import assert from 'node:assert/strict';
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

test('settingRows never shows an absolute path', () => {
  const settings = project.readSettings({
    DATASET: '/somewhere/faces',
    OUTPUTS: '/elsewhere/out',
    PHOTOS: 'data/mine',
  });
  const values = project.settingRows(settings).map(({ value }) => String(value));
  assert.ok(values.every((value) => !value.startsWith('/')));
  assert.ok(values.includes('faces') && values.includes('out') && values.includes('data/mine'));
});
