import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { photos, type dataset } from 'celeba-lab';
import { noise, writeGreys } from './write-photos';

test('checkPhotos keeps readable photos in their order', async (t) => {
  const all = await writeGreys(t, 20);
  assert.deepEqual(await photos.checkPhotos(all), { readable: all, rejected: [] });
});

test('checkPhotos lists each photo that cannot be read with its reason', async (t) => {
  const all = await writeGreys(t, 6);
  writeFileSync(all[1].file, '');
  writeFileSync(all[4].file, (await noise(64, 64).jpeg().toBuffer()).subarray(0, 2000));
  const gone = { ...all[5], file: `${all[5].file}.gone` };
  const { readable, rejected } = await photos.checkPhotos([...all.slice(0, 5), gone]);
  assert.deepEqual(readable, [all[0], all[2], all[3]]);
  assert.deepEqual(rejected, [
    { photo: all[1], reason: 'an empty file (0 bytes)' },
    { photo: all[4], reason: 'a file that ends early' },
    { photo: gone, reason: 'no such file' },
  ]);
});

test('checkPhotos lists photos that the table names and the folder lacks', async (t) => {
  const all = await writeGreys(t, 2);
  const missing: dataset.Photo[] = [{ file: '/gone.jpg', name: 'gone.jpg', label: 0, part: 'test' }];
  const { readable, rejected } = await photos.checkPhotos(all, { missing });
  assert.deepEqual(readable, all);
  assert.deepEqual(rejected, [{ photo: missing[0], reason: 'no such file' }]);
});

test('checkPhotos tells how far it is, and that it is done', async (t) => {
  const all = await writeGreys(t, 3);
  const told: number[][] = [];
  await photos.checkPhotos(all, { onProgress: (...progress) => told.push(progress) });
  assert.deepEqual(told.at(-1), [3, 3]);
});

test('checkPhotos refuses a part of which no photo can be read', async (t) => {
  const [first, ...others] = await writeGreys(t, 4);
  writeFileSync(first.file, '');
  await assert.rejects(photos.checkPhotos([{ ...first, part: 'test' }, ...others]), {
    name: 'InputError',
    message:
      'the test photos: found none that can be read (0.jpg: an empty file (0 bytes)), expected readable photos in each part. ' +
      'Replace these photos, or copy the whole folder again.',
  });
});
