import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterEach, beforeEach, test } from 'node:test';
import { project } from 'celeba-lab';

const { lockForTraining, lockOutputs } = project;

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

test('lockOutputs takes over from a run of this machine that was killed, of an earlier version too, and from half a file', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const killed = { host: hostname(), pid, began: '1' };
  for (const left of [JSON.stringify(killed), JSON.stringify({ pid, began: '1' }), '{"pid": ']) {
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

for (const [name, lock] of Object.entries({ lockOutputs, lockForTraining })) {
  test(`${name} refuses another machine's lock, whatever runs here, and says which file to remove`, async () => {
    const file = join(outputs, '.running');
    const { pid: ended } = spawnSync(process.execPath, ['--version']);
    for (const pid of [ended, process.pid, process.ppid]) {
      const theirs = JSON.stringify({ host: 'node-17', pid, began: '', what: 'training' });
      await writeFile(file, theirs);
      const sentence = `another training at work \\(process ${pid} on node-17, as ${file} says\\).*killed, remove ${file} `;
      await assert.rejects(lock(outputs), new RegExp(sentence));
      assert.equal(await readFile(file, 'utf8'), theirs);
    }
    assert.deepEqual(await readdir(outputs), ['.running']);
  });
}

test("lockOutputs gives back only its own lock: one that somebody removed may be another run's by now", async () => {
  const unlock = await lockOutputs(outputs);
  const theirs = JSON.stringify({ host: 'node-17', pid: process.pid, began: '', what: 'training' });
  await writeFile(join(outputs, '.running'), theirs);
  await unlock();
  assert.equal(await readFile(join(outputs, '.running'), 'utf8'), theirs);
});

test('lockOutputs lets one of two runs in that begin together beside a left-over lock', async () => {
  await writeFile(join(outputs, '.running'), '');
  const results = await Promise.allSettled([lockOutputs(outputs), lockOutputs(outputs)]);
  assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});

test('lockOutputs says in one sentence where nothing can be written, and what else to do where there is something', async () => {
  await writeFile(join(outputs, 'notes.txt'), '');
  const below = join(outputs, 'notes.txt', 'x');
  const sentence =
    "x: found a place that can't be written to \\(ENOTDIR: .*\\), expected a folder that takes files. .*there";
  await assert.rejects(
    lockOutputs(below),
    new RegExp(`^InputError: ${below.slice(0, -1)}${sentence}, or set OUTPUTS to`),
  );
  await assert.rejects(lockOutputs(below, 'npm run data', ''), new RegExp(`${sentence}\\.$`));
});

test('a training is refused while another process works in the folder, and says which', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(other, 'spawn');
  await writeFile(join(outputs, '.running'), JSON.stringify({ pid: other.pid, began: '', what: 'training' }));
  await assert.rejects(
    lockForTraining(outputs),
    new RegExp(`found another training at work \\(process ${other.pid}\\)`),
  );
  other.kill('SIGKILL');
  await once(other, 'exit');
  await (
    await lockForTraining(outputs)
  )();
  assert.deepEqual(await readdir(outputs), []);
});

test('a training inside npm start shares its lock and leaves it in place', async () => {
  await writeFile(join(outputs, '.running'), JSON.stringify({ pid: process.ppid, began: '', what: 'npm start' }));
  await (
    await lockForTraining(outputs)
  )();
  assert.deepEqual(await readdir(outputs), ['.running']);
});

test('a kernel whose last training ended with an error can train again', async () => {
  await lockForTraining(outputs);
  await (
    await lockForTraining(outputs)
  )();
  assert.deepEqual(await readdir(outputs), []);
});

test("lockOutputs leaves another process's lock of this machine where it was taken meanwhile", async () => {
  const unlock = await lockOutputs(outputs);
  const file = join(outputs, '.running');
  const own = JSON.parse(await readFile(file, 'utf8')) as object;
  const theirs = JSON.stringify({ ...own, pid: process.ppid, began: '' });
  await writeFile(file, theirs);
  await unlock();
  assert.equal(await readFile(file, 'utf8'), theirs);
});
