import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { lockOutputs } from '../../../scripts/start/run-lock';

let outputs: string;

beforeEach(async () => {
  outputs = await mkdtemp(join(tmpdir(), 'lock-'));
});

afterEach(() => rm(outputs, { recursive: true }));

test('lockOutputs refuses a second run, with the number of the first, until the first has ended', async () => {
  const unlock = await lockOutputs(outputs);
  await assert.rejects(
    lockOutputs(outputs),
    new RegExp(`found another npm start at work \\(process ${process.pid}\\)`),
  );
  await unlock();
  assert.deepEqual(await readdir(outputs), []);
  await (
    await lockOutputs(outputs)
  )();
});

test('lockOutputs takes over from a run that was killed, and from half a file', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  for (const left of [JSON.stringify({ pid, began: '1' }), '{"pid": ']) {
    await writeFile(join(outputs, '.running'), left);
    await (
      await lockOutputs(outputs)
    )();
  }
});

test('lockOutputs does not take a later process with the same number for the run that was killed', async (t) => {
  if (process.platform !== 'linux') return t.skip('process start times are read from /proc, which only Linux has');
  await writeFile(join(outputs, '.running'), JSON.stringify({ pid: process.pid, began: '1' }));
  await (
    await lockOutputs(outputs)
  )();
});

test('lockOutputs lets one of two runs in that begin together beside a left-over lock', async () => {
  await writeFile(join(outputs, '.running'), '');
  const results = await Promise.allSettled([lockOutputs(outputs), lockOutputs(outputs)]);
  assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});
