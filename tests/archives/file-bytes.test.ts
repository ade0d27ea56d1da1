import assert from 'node:assert/strict';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FileBytes } from 'celeba-lab/dist/archives/file-bytes';
import { temporaryFolder } from '../dataset/write-celeba';

test('FileBytes gives no more bytes than a file has that was cut short after it was opened', async (t) => {
  const path = join(temporaryFolder(t), 'file');
  writeFileSync(path, Buffer.alloc(1000, 7));
  const file = new FileBytes(path);
  t.after(() => file.close());
  truncateSync(path, 100);
  for (const bytes of [await file.read(0, 1000), file.readNow(0, 1000)]) assert.deepEqual(bytes, Buffer.alloc(100, 7));
});
