import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { InputError, photos, SystemFault } from 'celeba-lab';
import { zipFile } from '../bad-input/zip-file';
import { temporaryFolder } from '../dataset/write-celeba';
import { FAILS_TO_READ, NEEDS_PROC } from './write-photos';

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

test('readPhotoBytes reads archives in folders that are called like archives themselves', async (t) => {
  const folder = join(temporaryFolder(t), 'celeba.zip', 'own.parquet');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'photos.zip'), zipFile([{ name: 'a/1.jpg', data: Buffer.from('packed') }]));
  writeFileSync(join(folder, '1.jpg'), 'plain');
  const text = async (name: string) => Buffer.from(await photos.readPhotoBytes(join(folder, name))).toString();
  assert.deepEqual([await text('photos.zip/a/1.jpg'), await text('1.jpg')], ['packed', 'plain']);
});

test('readPhotoBytes tells a fault of the system from one of the photo, in one sentence', NEEDS_PROC, async (t) => {
  const file = join(temporaryFolder(t), 'x.jpg');
  symlinkSync(FAILS_TO_READ, file);
  const error: unknown = await photos.readPhotoBytes(file).catch((reason: unknown) => reason);
  assert.ok(error instanceof SystemFault, String(error));
  const found = `${file}: found a fault of the system (EIO: i/o error, read), expected the photo's bytes. Run the same again; `;
  assert.ok(error.message.startsWith(found), error.message);
});

test('readPhotoBytes says no such file also where a file stands in the place of its folder', async (t) => {
  const file = join(temporaryFolder(t), 'album');
  writeFileSync(file, 'notes');
  await assert.rejects(photos.readPhotoBytes(join(file, 'x.jpg')), { name: 'InputError', found: 'no such file' });
});
