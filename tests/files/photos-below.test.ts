import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataset, files } from 'celeba-lab';

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

test('photosBelow leaves out pipes and devices, and links to them, and keeps links to photos and to nothing', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'below-'));
  t.after(() => rm(folder, { recursive: true }));
  execFileSync('mkfifo', [join(folder, 'pipe.jpg')]);
  await writeFile(join(folder, 'a.jpg'), '');
  const targets = {
    'to-pipe.jpg': 'pipe.jpg',
    'device.jpg': '/dev/zero',
    'to-a.jpg': 'a.jpg',
    'gone.jpg': 'nowhere.jpg',
  };
  for (const [name, target] of Object.entries(targets)) await symlink(target, join(folder, name));
  assert.deepEqual(await files.photosBelow(folder), ['a.jpg', 'gone.jpg', 'to-a.jpg']);
});

test("JPEGs that are named .jpe or .jfif, as browsers save them, are photos, in a folder's classes, too", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'below-'));
  t.after(() => rm(folder, { recursive: true }));
  const names = ['a.jfif', 'b.JPE', 'c.jpeg', 'd.jpg'];
  for (const name of ['cat', 'dog']) {
    await mkdir(join(folder, name));
    for (const photo of [...names, 'e.jp', 'f.jfi']) await writeFile(join(folder, name, photo), '');
  }
  assert.deepEqual(await files.photosBelow(join(folder, 'cat')), names);
  const data = await dataset.openDataset(folder);
  assert.deepEqual(
    data.photos.map(({ name }) => name).sort(),
    ['cat', 'dog'].flatMap((name) => names.map((photo) => `${name}/${photo}`)),
  );
});
