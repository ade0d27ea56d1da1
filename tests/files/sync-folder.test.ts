import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { test } from 'node:test';
import { syncFolder } from 'celeba-lab/dist/files/sync-folder';

test('a folder of a file system that flushes none is passed over, a missing one is not', async (t) => {
  const folder = '/proc';
  const handle = await open(folder, 'r').catch(() => undefined);
  const fault = await handle?.sync().catch((error: NodeJS.ErrnoException) => error.code);
  await handle?.close();
  if (fault === undefined) return t.skip('no folder here that cannot be flushed');
  await syncFolder(folder);
  await assert.rejects(syncFolder('/proc/no-such-folder'), /ENOENT/);
});
