import assert from 'node:assert/strict';
import { test } from 'node:test';
import { archives } from 'celeba-lab';
import { crc32 } from 'celeba-lab/dist/archives/crc32';

test('splitArchivePath parts the first archive of a path from what is in it', () => {
  const split = archives.splitArchivePath;
  assert.deepEqual(split('/d/a.zip/b/1.jpg'), { archive: '/d/a.zip', inside: 'b/1.jpg' });
  assert.deepEqual(split('/d/train.PARQUET/3/x.zip/1.jpg'), { archive: '/d/train.PARQUET', inside: '3/x.zip/1.jpg' });
  for (const path of ['/d/a.zip', '/d/a.zipper/1.jpg', '/d/a.zip/', '/d/1.jpg']) assert.equal(split(path), undefined);
});

test('crc32 gives the check value of its definition', () => {
  assert.equal(crc32(Buffer.from('123456789')), 0xcbf43926);
});

test('crc32 of pieces, one after the other, is that of the whole', () => {
  const pieces = ['1234', '', '56789'].map((text) => Buffer.from(text));
  const sum = pieces.reduce((before, piece) => crc32(piece, before), 0);
  assert.equal(sum, 0xcbf43926);
});
