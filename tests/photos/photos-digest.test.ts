import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { photos, type dataset } from 'celeba-lab';

let folder: string;
let set: dataset.Photo[];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'digest-'));
  set = ['a', 'b', 'c'].map((name, label) => ({ file: join(folder, name), name, label: label % 2, part: 'train' }));
  for (const { file, name } of set) await writeFile(file, `the bytes of ${name}`);
});

after(() => rm(folder, { recursive: true }));

test('photosDigest is the same for the same photos and another for another label, part, order or number', async () => {
  const digest = await photos.photosDigest(set);
  assert.equal(await photos.photosDigest(set), digest);
  const others = [
    set.map((photo, i) => (i === 0 ? { ...photo, label: 1 } : photo)),
    set.map((photo, i) => (i === 0 ? { ...photo, part: 'validation' as const } : photo)),
    [...set].reverse(),
    set.slice(1),
  ];
  for (const other of others) assert.notEqual(await photos.photosDigest(other), digest);
});

test('photosDigest sees changed bytes under the same name, and reads no photo whose sha256 is known', async () => {
  const known = set.map((photo) => ({ ...photo, sha256: photo.name }));
  const [digest, ofKnown] = [await photos.photosDigest(set), await photos.photosDigest(known)];
  await writeFile(set[1].file, 'other bytes');
  assert.notEqual(await photos.photosDigest(set), digest);
  await rm(set[1].file);
  assert.equal(await photos.photosDigest(known), ofKnown);
});

test('photosDigest is another where one photo has another name', async () => {
  const known = set.map((photo) => ({ ...photo, sha256: photo.name }));
  const renamed = known.map((photo, i) => (i === 1 ? { ...photo, name: 'd' } : photo));
  assert.notEqual(await photos.photosDigest(renamed), await photos.photosDigest(known));
});
