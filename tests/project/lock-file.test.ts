/** Which machine's process has a lock. */

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fsPromises, { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { project } from 'celeba-lab';
import { takeLock, thisProcess, type LockHolder } from 'celeba-lab/dist/project/lock-file';

// As a container that has its machine's name: other processes, numbered anew.
const APART = ['--pid', '--fork', '--mount-proc'];
const LINUX = { skip: process.platform !== 'linux' && 'only Linux tells which processes see each other' };

let folder: string;
let lock: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-file-'));
  lock = join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true }));

/** A lock of a process that no longer runs, if it was one of this machine. */
async function writeLeft(changed: Partial<LockHolder>): Promise<void> {
  const { pid } = spawnSync(process.execPath, ['--version']);
  await writeFile(lock, JSON.stringify({ ...(await thisProcess()), pid, began: '1', ...changed }));
}

async function take(): Promise<'taken' | 'refused'> {
  const refusal = new Error('refused');
  return takeLock(lock, await thisProcess(), () => refusal).then(
    () => 'taken',
    (error: unknown) => {
      assert.equal(error, refusal);
      return 'refused';
    },
  );
}

test('a lock of other processes under the same name is kept, whatever runs here', LINUX, async () => {
  await writeLeft({ processes: 'pid:[1]' });
  assert.equal(await take(), 'refused');
});

test('a lock from before the machine was started again is taken over, of whichever processes it was', async () => {
  for (const processes of [undefined, 'pid:[1]']) {
    await writeLeft({ boot: 'an earlier one', processes });
    assert.equal(await take(), 'taken');
  }
});

test('a lock that says less of its machine, as earlier versions wrote it, is understood', async () => {
  const [boot, processes] = [undefined, undefined];
  for (const host of [hostname(), undefined]) {
    await writeLeft({ host, boot, processes });
    assert.equal(await take(), 'taken');
  }
  await writeLeft({ host: 'node-17', boot, processes });
  assert.equal(await take(), 'refused');
});

test('a run in a container with the name of its machine keeps its outputs folder', LINUX, async (t) => {
  if (spawnSync('unshare', [...APART, 'true']).status !== 0) return t.skip('needs the right to set processes apart');
  const script = `require('celeba-lab/dist/project').lockOutputs(${JSON.stringify(folder)});
    setInterval(() => undefined, 1000);`;
  // --kill-child: what runs apart ends with unshare.
  const apart = ['--kill-child', ...APART, process.execPath, '-e', script];
  const contained = spawn('unshare', apart, { cwd: project.projectPath() });
  t.after(() => contained.kill('SIGKILL'));
  const running = join(folder, '.running');
  while (!existsSync(running)) await setTimeout(20);
  const { pid } = JSON.parse(await readFile(running, 'utf8')) as LockHolder;
  await assert.rejects(
    project.lockOutputs(folder),
    new RegExp(
      `found another npm start at work \\(process ${pid} on ${hostname()}, as ${running} says\\), .*remove ${running} `,
    ),
  );
});

test('where the file system has no links, a lock that is taken is refused to the next one as well', async (t) => {
  const noLinks = Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' });
  const { mock } = t.mock.method(fsPromises, 'link', () => Promise.reject(noLinks));
  assert.equal(await take(), 'taken');
  assert.equal(await take(), 'refused');
  assert.ok(mock.callCount() >= 2);
  assert.deepEqual(await readdir(folder), ['lock']);
});

const TOO_MANY = Object.assign(new Error('EMFILE: too many open files, open'), { code: 'EMFILE', syscall: 'open' });

for (const [moment, isUnreadable] of [
  ['read', (path: string) => path === lock],
  ['read again once it is moved', (path: string) => path.startsWith(`${lock}.`)],
] as const) {
  test(`a lock that can't be ${moment} is nobody's to take: the error is told, and the lock stays`, async (t) => {
    await writeLeft({});
    const before = await readFile(lock, 'utf8');
    const { readFile: read } = fsPromises;
    const { mock } = t.mock.method(fsPromises, 'readFile', async (...args: Parameters<typeof read>) => {
      if (typeof args[0] === 'string' && isUnreadable(args[0])) throw TOO_MANY;
      return read(...args);
    });
    await assert.rejects(
      takeLock(lock, await thisProcess(), () => new Error('refused')),
      TOO_MANY,
    );
    mock.restore();
    assert.deepEqual([await readdir(folder), await readFile(lock, 'utf8')], [['lock'], before]);
  });
}

test('a lock is refused in the name of a third process that took it while a living one was put back', async (t) => {
  await writeLeft({});
  const [second, third] = [
    { ...(await thisProcess()), what: 'second' },
    { ...(await thisProcess()), what: 'third' },
  ];
  const { rename } = fsPromises;
  t.mock.method(fsPromises, 'rename', async (from: string, to: string) => {
    await writeFile(from, JSON.stringify(second));
    await rename(from, to);
    await writeFile(from, JSON.stringify(third));
  });
  const refusal = (holder: LockHolder & { what?: string }) => new Error(`refused for the ${holder.what}`);
  await assert.rejects(takeLock(lock, await thisProcess(), refusal), /refused for the third/);
  assert.deepEqual(await readdir(folder), ['lock']);
});
