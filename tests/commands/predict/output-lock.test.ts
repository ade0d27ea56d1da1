import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { lockOutput } from '../../../scripts/predict/output-lock';

let folder: string;
let file: string;
let lock: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'output-lock-'));
  file = join(folder, 'rows.jsonl');
  lock = `${file}.lock`;
});
afterEach(() => rm(folder, { recursive: true }));

test('lockOutput refuses a second process, with the number of the first, until the first has ended', async () => {
  const unlock = await lockOutput(file);
  await assert.rejects(
    lockOutput(file),
    new RegExp(
      `found another predict that writes there \\(process ${process.pid}\\), .* or give another file after --out`,
    ),
  );
  await unlock();
  assert.deepEqual(await readdir(folder), []);
  await (
    await lockOutput(file)
  )();
});

test('lockOutput takes over from a process of this machine that was killed, and from half a lock', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  for (const left of [JSON.stringify({ host: hostname(), pid, began: '1' }), '{"host": ']) {
    await writeFile(lock, left);
    await (
      await lockOutput(file)
    )();
    assert.deepEqual(await readdir(folder), []);
  }
});

test('lockOutput does not take a later process with the same number for the one that was killed', async (t) => {
  if (process.platform !== 'linux') return t.skip('process start times are read from /proc, which only Linux has');
  await writeFile(lock, JSON.stringify({ host: hostname(), pid: process.pid, began: '1' }));
  await (
    await lockOutput(file)
  )();
});

test("lockOutput refuses another machine's lock, whatever runs here, and says which file to remove", async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const theirs = JSON.stringify({ host: 'node-17', pid, began: '1' });
  await writeFile(lock, theirs);
  await assert.rejects(
    lockOutput(file),
    new RegExp(`process ${pid} on node-17, as ${lock} says\\).*; if it was killed, remove ${lock} and run`),
  );
  assert.equal(await readFile(lock, 'utf8'), theirs);
  assert.deepEqual(await readdir(folder), ['rows.jsonl.lock']);
});

test('lockOutput lets one of two in that begin together beside a left-over lock', async () => {
  await writeFile(lock, '');
  const results = await Promise.allSettled([lockOutput(file), lockOutput(file)]);
  assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});

test('lockOutput gives back only its own lock: one that somebody removed may be another process’s by now', async () => {
  const unlock = await lockOutput(file);
  await writeFile(lock, 'another');
  await unlock();
  assert.equal(await readFile(lock, 'utf8'), 'another');
});
