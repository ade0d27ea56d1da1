import { plots, show } from 'celeba-lab';
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { catchStdout } from './catch-stdout';

test('chart without a kernel names the chart and still saves its PNG, nothing else beside it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'chart-'));
  const lines = catchStdout(t);
  await show.chart(plots.classCounts([{ class: 'male', count: 2 }]), { save: join(folder, 'plots', 'counts.png') });
  t.mock.restoreAll();
  assert.deepEqual(lines, ['[chart: Pictures by class]\n']);
  assert.deepEqual(await readdir(join(folder, 'plots')), ['counts.png']);
  await rm(folder, { recursive: true });
});

test('chart leaves the kernel’s package alone where no kernel runs', () => {
  const loaded = Object.keys(require.cache).filter((file) => /[\\/]tslab[\\/]/.test(file));
  assert.deepEqual(loaded, []);
});
