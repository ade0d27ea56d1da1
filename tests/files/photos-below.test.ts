import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { files } from 'celeba-lab';

test('photosBelow lists photos of all folders below by name, without hidden ones, other files and links in a circle', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'below-'));
  t.after(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'b'));
  await mkdir(join(folder, '.cache'));
  await symlink(folder, join(folder, 'b', 'circle'));
  for (const name of ['c.JPG', 'b/a.png', 'b/notes.txt', '.cache/x.jpg', '.hidden.jpg', 'a b é.webp']) {
    await writeFile(join(folder, name), '');
  }
  assert.deepEqual(await files.photosBelow(folder), ['a b é.webp', 'b/a.png', 'c.JPG']);
});

test('photosBelow of a folder that is not there is empty', async () => {
  assert.deepEqual(await files.photosBelow(join(tmpdir(), 'no-such-folder-at-all')), []);
});
