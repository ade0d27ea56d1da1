import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { photos } from 'celeba-lab';
import type { dataset } from 'celeba-lab';

test('firstReadable passes over photos that cannot be read, and says so where none can', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'first-'));
  t.after(() => rm(folder, { recursive: true }));
  const photo = (name: string): dataset.Photo => ({ file: join(folder, name), name, label: 0, part: 'train' });
  await writeFile(join(folder, 'a.jpg'), 'text');
  await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } }).toFile(join(folder, 'b.jpg'));
  assert.equal((await photos.firstReadable([photo('a.jpg'), photo('none.jpg'), photo('b.jpg')])).name, 'b.jpg');
  await assert.rejects(photos.firstReadable([photo('a.jpg')]), /^InputError: photos: found none of 1 that can be read/);
});
