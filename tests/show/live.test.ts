import { show } from 'celeba-lab';
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { catchStdout } from './catch-stdout';

const ROWS = [{ epoch: 1, loss: 0.4, acc: 0.8, val_loss: 0.3, val_acc: 0.9 }];

test('live draws the curves at the end of an epoch only', async (t) => {
  const lines = catchStdout(t);
  const display = show.live();
  await display.update({ progress: 'one', rows: [], done: false });
  await display.update({ progress: 'two', rows: ROWS, done: false });
  await new Promise((resolve) => setTimeout(resolve, 120));
  await display.update({ progress: 'three', rows: ROWS, done: false });
  t.mock.restoreAll();
  assert.equal(lines.filter((line) => line.startsWith('[chart')).length, 2);
  assert.ok(lines.some((line) => line.endsWith('three\n')));
});

test('live draws in the order of the updates, even when they are not awaited', async (t) => {
  const lines = catchStdout(t);
  const display = show.live({ title: 'Run' });
  void display.update({ progress: '', rows: [], done: false });
  void display.update({ progress: '', rows: ROWS, done: false });
  await display.update({ progress: 'done', rows: ROWS, done: true });
  t.mock.restoreAll();
  assert.equal(lines.filter((line) => line === '[chart: Run]\n').length, 3);
});

test('training shows the table and saves the curves', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'live-'));
  const lines = catchStdout(t);
  await show.training(ROWS, { save: join(folder, 'curves.png') });
  t.mock.restoreAll();
  assert.ok(lines[0].includes('0.3000') && lines[1].startsWith('[chart'));
  assert.equal((await readFile(join(folder, 'curves.png'))).toString('latin1', 1, 4), 'PNG');
  await rm(folder, { recursive: true });
});

test('live writes its picture once the training is done, not before', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'live-'));
  t.after(() => rm(folder, { recursive: true }));
  catchStdout(t);
  const display = show.live({ save: join(folder, 'curves.png') });
  await display.update({ progress: '', rows: ROWS, done: false });
  const before = await readdir(folder);
  await display.update({ progress: '', rows: ROWS, done: true });
  t.mock.restoreAll();
  assert.deepEqual([before, await readdir(folder)], [[], ['curves.png']]);
});

test('live leaves out a view that follows the one before within a tenth of a second', async (t) => {
  let now = 1000;
  t.mock.method(performance, 'now', () => now);
  const lines = catchStdout(t);
  const display = show.live();
  for (const progress of ['one', 'two', 'three']) {
    await display.update({ progress, rows: [], done: false });
    now += 50;
  }
  t.mock.restoreAll();
  assert.deepEqual(
    lines.filter((line) => !line.startsWith('[chart')),
    ['one\n', 'three\n'],
  );
});
