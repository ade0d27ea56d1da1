import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolder, syncFolder } from 'celeba-lab/dist/files/sync-folder';

test('a folder of a file system that flushes none is passed over, a missing one is not', async (t) => {
  const folder = '/proc';
  const handle = await open(folder, 'r').catch(() => undefined);
  const fault = await handle?.sync().catch((error: NodeJS.ErrnoException) => error.code);
  await handle?.close();
  if (fault === undefined) return t.skip('no folder here that cannot be flushed');
  await syncFolder(folder);
  await assert.rejects(syncFolder('/proc/no-such-folder'), /ENOENT/);
});

test('a folder is made with those above it, also by two at once, and one that is there stays', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'folders-'));
  t.after(() => rm(root, { recursive: true }));
  const folder = join(root, 'a', 'b', 'c');
  await Promise.all([makeFolder(folder), makeFolder(folder)]);
  await writeFile(join(folder, 'kept'), '');
  await makeFolder(folder);
  assert.deepEqual(await readdir(folder), ['kept']);
  await assert.rejects(makeFolder(join(folder, 'kept')), /EEXIST/);
  await assert.rejects(makeFolder(join(folder, 'kept', 'd')), /ENOTDIR/);
});

test('where the system makes no folders, as below /proc, that is an error and no endless try', async (t) => {
  if (!existsSync('/proc/self')) return t.skip('needs /proc');
  await assert.rejects(makeFolder('/proc/no-such-folder/outputs'), /ENOENT.*'\/proc\/no-such-folder'/);
});
