/** Set-up's lock where somebody else has a hand in it. */

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { projectPath } from 'celeba-lab/dist/project';

interface Lock {
  note(pid: number): void;
  forget(pid: number): void;
  release(): void;
}

interface Project {
  path(...parts: string[]): string;
}

interface LockModule {
  takeLock: (project: Project, onWait: (sentence: string) => void, signal?: AbortSignal) => Promise<Lock>;
}

interface IdentityModule {
  processIdentity: (pid: number) => object | undefined;
  thisMachine: () => Record<'host' | 'boot' | 'processes', string | undefined>;
}

const MODULES = ['lock.mjs', 'process-identity.mjs'].map(
  (name) => pathToFileURL(projectPath('scripts/setup', name)).href,
);
const LINUX = { skip: process.platform !== 'linux' && 'only Linux tells which processes see each other' };

let root: string;
let file: string;
let takeLock: LockModule['takeLock'];
let identity: IdentityModule;

beforeEach(async () => {
  root = fs.mkdtempSync(path.join(tmpdir(), 'set-up-lock-'));
  file = path.join(root, '.setup', 'lock');
  fs.mkdirSync(path.dirname(file));
  ({ takeLock } = (await import(MODULES[0])) as LockModule);
  identity = (await import(MODULES[1])) as IdentityModule;
});
afterEach(() => fs.rmSync(root, { recursive: true }));

const project: Project = { path: (...parts) => path.join(root, ...parts) };

/** What a set-up in a process of this machine writes. */
function lockOf(pid: number, changed: object = {}): string {
  return JSON.stringify({ ...identity.thisMachine(), owner: identity.processIdentity(pid), ...changed });
}

/** Takes the lock, and removes another's that it has to wait for; gives the sentence about that one, '' without one. */
async function waitsFor(): Promise<string> {
  let told = '';
  const lock = await takeLock(project, (sentence) => {
    told = sentence;
    fs.rmSync(file);
  });
  lock.release();
  return told;
}

test('a set-up waits for a third one that took the lock while it looked at what was left of the first', async (t) => {
  const left = JSON.stringify({ owner: { pid: 4_000_000, started: '1' } });
  fs.writeFileSync(file, left);
  const rename = fs.renameSync.bind(fs);
  t.mock.method(fs, 'renameSync', (from: string, to: string) => {
    // A second one has cleared what was left, and taken the lock.
    const between = fs.readFileSync(from, 'utf8') === left;
    if (between) fs.writeFileSync(from, lockOf(process.ppid));
    rename(from, to);
    if (between) fs.writeFileSync(file, lockOf(process.pid));
  });
  assert.match(await waitsFor(), new RegExp(`^Another set-up \\(process ${process.pid}\\) is at work`));
  assert.deepEqual(fs.readdirSync(path.dirname(file)), []);
});

test('a set-up neither writes over nor releases the lock of one that took the folder after it', async () => {
  const lock = await takeLock(project, assert.fail);
  const other = lockOf(process.ppid);
  fs.writeFileSync(file, other);
  lock.note(process.pid);
  lock.release();
  assert.equal(fs.readFileSync(file, 'utf8'), other);
  assert.deepEqual(fs.readdirSync(path.dirname(file)), ['lock']);
});

test('the lock names the commands under way, and none that had ended before it could be named', async () => {
  const lock = await takeLock(project, assert.fail);
  const commands = () => (JSON.parse(fs.readFileSync(file, 'utf8')) as { commands?: { pid: number }[] }).commands;
  lock.note(4_000_000);
  assert.equal(commands(), undefined);
  lock.note(process.pid);
  lock.note(process.ppid);
  assert.deepEqual(
    commands()?.map(({ pid }) => pid),
    [process.pid, process.ppid],
  );
  lock.forget(process.pid);
  lock.forget(4_000_000);
  assert.deepEqual(
    commands()?.map(({ pid }) => pid),
    [process.ppid],
  );
  lock.release();
});

test('a set-up goes on where there is no room to note the command under way', async (t) => {
  const lock = await takeLock(project, assert.fail);
  const full = t.mock.method(fs, 'writeFileSync', () => {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  });
  lock.note(process.pid);
  assert.equal(full.mock.callCount(), 1);
  full.mock.restore();
  assert.equal(fs.readFileSync(file, 'utf8'), lockOf(process.pid));
  lock.release();
});

test('a set-up takes over from one of this machine that was killed, also before the machine was started again', async () => {
  for (const changed of [
    {},
    { boot: undefined, processes: undefined },
    { boot: 'an earlier one', processes: 'pid:[1]' },
  ]) {
    fs.writeFileSync(file, lockOf(process.pid, { owner: { pid: process.pid, started: '1' }, ...changed }));
    (await takeLock(project, assert.fail)).release();
    assert.deepEqual(fs.readdirSync(path.dirname(file)), []);
  }
});

test(
  'a set-up waits for one in a container with the name of its machine, and says which file to remove',
  LINUX,
  async () => {
    fs.writeFileSync(file, lockOf(process.pid, { owner: { pid: 1, started: '1' }, processes: 'pid:[1]' }));
    const { host } = identity.thisMachine();
    const words = `process 1 on ${host}, as ${file} says\\) .* If it was killed, remove ${file}, and this one goes on\\.$`;
    assert.match(await waitsFor(), new RegExp(words));
  },
);

test('a set-up takes the lock on a file system without links, as a copy that only one can make', async (t) => {
  t.mock.method(fs, 'linkSync', () => {
    throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' });
  });
  const lock = await takeLock(project, assert.fail);
  assert.equal(fs.readFileSync(file, 'utf8'), lockOf(process.pid));
  const second = takeLock(project, () => lock.release());
  (await second).release();
});

for (const [moment, isUnreadable] of [
  ['read', (name: string) => name === file],
  ['read again once it is moved', (name: string) => name.startsWith(`${file}.`)],
] as const) {
  test(`a set-up takes no lock that can't be ${moment}, and leaves it where it was`, async (t) => {
    const left = lockOf(process.pid, { owner: { pid: process.pid, started: '1' } });
    fs.writeFileSync(file, left);
    const tooMany = Object.assign(new Error('EMFILE: too many open files, open'), { code: 'EMFILE' });
    const readFileSync = fs.readFileSync.bind(fs) as (...args: unknown[]) => string;
    const { mock } = t.mock.method(fs, 'readFileSync', (...args: unknown[]) => {
      if (isUnreadable(String(args[0]))) throw tooMany;
      return readFileSync(...args);
    });
    await assert.rejects(takeLock(project, assert.fail), tooMany);
    mock.restore();
    assert.deepEqual([fs.readdirSync(path.dirname(file)), fs.readFileSync(file, 'utf8')], [['lock'], left]);
  });
}
