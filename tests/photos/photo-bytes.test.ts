import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { InputError, photos } from 'celeba-lab';
import { temporaryFolder } from '../dataset/write-celeba';

test('readPhotoBytes gives the bytes of a file as they are', async (t) => {
  const file = join(temporaryFolder(t), 'x.jpg');
  writeFileSync(file, Buffer.from([1, 2, 255]));
  assert.deepEqual([...(await photos.readPhotoBytes(file))], [1, 2, 255]);
});

test('readPhotoBytes says what stands where a photo should be', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'folder.jpg'));
  for (const [name, found] of [
    ['none.jpg', 'no such file'],
    ['folder.jpg', 'a folder'],
  ]) {
    const error: unknown = await photos.readPhotoBytes(join(folder, name)).catch((reason: unknown) => reason);
    assert.ok(error instanceof InputError);
    assert.equal(error.found, found);
  }
});
