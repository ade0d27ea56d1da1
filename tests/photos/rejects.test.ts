import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { photos } from 'celeba-lab';
import { temporaryFolder } from './write-photos';

function reject(name: string, reason: string): photos.Reject {
  return { photo: { file: `/data/${name}`, name, label: 0, part: 'train' }, reason };
}

const REJECTED = [
  reject('a.jpg', 'no such file'),
  ...['b.jpg', 'c.jpg', 'd.jpg', 'e.jpg'].map((name) => reject(name, 'a file that ends early')),
];

test('rejectsTable groups photos by reason, the most frequent first, with three names', () => {
  assert.deepEqual(photos.rejectsTable(REJECTED), [
    { reason: 'a file that ends early', photos: 4, examples: 'b.jpg, c.jpg, d.jpg, ...' },
    { reason: 'no such file', photos: 1, examples: 'a.jpg' },
  ]);
});

test('rejectsSentence counts what was left out, of how many, and why', () => {
  assert.equal(
    photos.rejectsSentence(REJECTED, 2028),
    '5 of 2,028 photos left out (0.25 %): 4 x a file that ends early (b.jpg, c.jpg, d.jpg, ...), 1 x no such file (a.jpg).',
  );
  assert.equal(photos.rejectsSentence([], 2028), 'All 2,028 photos can be read.');
});

test('writeRejects writes a row a photo, quoting what a CSV must quote', async (t) => {
  const outputs = join(temporaryFolder(t), 'outputs');
  const file = await photos.writeRejects(outputs, [reject('a,"b".jpg', 'no such file')]);
  assert.equal(file, join(outputs, 'rejects.csv'));
  assert.equal(
    readFileSync(file, 'utf8'),
    'part,name,reason,file\ntrain,"a,""b"".jpg",no such file,"/data/a,""b"".jpg"\n',
  );
});

test('writeRejects leaves only the header where nothing was left out', async (t) => {
  const file = await photos.writeRejects(temporaryFolder(t), []);
  assert.equal(readFileSync(file, 'utf8'), 'part,name,reason,file\n');
});
