import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { archives } from 'celeba-lab';
import { zipFile } from '../bad-input/zip-file';
import { temporaryFolder } from '../dataset/write-celeba';

test('a zip archive has the last of files with one name, and says which it lacks', async (t) => {
  const path = join(temporaryFolder(t), 'a.zip');
  const texts = ['first', 'other', 'second', 'third'];
  const parts = texts.map((text) => ({ name: text === 'other' ? 'b' : 'a', data: Buffer.from(text) }));
  writeFileSync(path, zipFile(parts));
  const archive = await archives.openZip(path);
  assert.deepEqual([...archive.entries.keys()], ['a', 'b']);
  assert.deepEqual(archive.repeated, ['a', 'a']);
  assert.equal(Buffer.from(await archive.read('a')).toString(), 'third');
});

test('names that Windows Explorer wrote in code page 437 are told apart', async (t) => {
  const path = join(temporaryFolder(t), 'a.zip');
  const names = [0x81, 0x94].map((umlaut) => Buffer.from([0x47, 0x72, umlaut, 0x6e]));
  writeFileSync(path, zipFile(names.map((name, i) => ({ name, data: Buffer.from([i]) }))));
  const archive = await archives.openZip(path);
  assert.deepEqual([...archive.entries.keys()], ['Grün', 'Grön']);
  assert.deepEqual([...(await archive.read('Grön'))], [1]);
});

/** Opens an archive of these bytes. */
function opened(t: TestContext, bytes: Uint8Array) {
  const path = join(temporaryFolder(t), 'a.zip');
  writeFileSync(path, bytes);
  return archives.openZip(path);
}

const TWO_TEXTS = ['first', 'second'].map((text) => ({ name: `${text}.txt`, data: Buffer.from(text), method: 0 }));

test('entries of the directory with extra fields and comments keep their names and contents', async (t) => {
  const parts = TWO_TEXTS.map((part, i) => ({ ...part, centralExtra: Buffer.alloc(9 + 4 * i), comment: 'a comment' }));
  const archive = await opened(t, zipFile(parts));
  assert.deepEqual([...archive.entries.keys()], ['first.txt', 'second.txt']);
  for (const { name, data } of parts) assert.deepEqual(await archive.read(name), data);
});

test('an archive with a comment at its end opens, also with the longest one', async (t) => {
  for (const length of [9, 0xffff]) {
    const bytes = zipFile(TWO_TEXTS);
    bytes.writeUInt16LE(length, bytes.length - 2);
    const archive = await opened(t, Buffer.concat([bytes, Buffer.alloc(length, 'c')]));
    assert.deepEqual([...archive.entries.keys()], ['first.txt', 'second.txt']);
  }
});

test('an archive whose directory is found by the end record of zip64 opens', async (t) => {
  const bytes = zipFile(TWO_TEXTS);
  const [head, end] = [bytes.subarray(0, -22), Buffer.from(bytes.subarray(-22))];
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(BigInt(end.readUInt32LE(12)), 40);
  record.writeBigUInt64LE(BigInt(end.readUInt32LE(16)), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(head.length), 8);
  end.fill(0xff, 12, 20);
  const archive = await opened(t, Buffer.concat([head, record, locator, end]));
  assert.equal(Buffer.from(await archive.read('second.txt')).toString(), 'second');
});

test('sizes and place of an entry are read from its zip64 field, behind other fields', async (t) => {
  const data = Buffer.from('second '.repeat(100));
  // Another field of six bytes, then the one of zip64 with size, packed size and place.
  const centralExtra = Buffer.from([0x55, 0x54, 6, 0, 9, 9, 9, 9, 9, 9, 1, 0, 24, 0, ...new Array<number>(24).fill(0)]);
  const bytes = zipFile([TWO_TEXTS[0], { name: 'second.txt', data, centralExtra }]);
  const entry = bytes.lastIndexOf('PK\x01\x02', undefined, 'latin1');
  const field = bytes.indexOf(centralExtra, entry) + 14;
  for (const [i, at] of [24, 20, 42].entries()) {
    bytes.writeBigUInt64LE(BigInt(bytes.readUInt32LE(entry + at)), field + 8 * i);
    bytes.writeUInt32LE(0xffffffff, entry + at);
  }
  const archive = await opened(t, bytes);
  assert.equal(archive.entries.get('second.txt')?.sizeBytes, 700);
  assert.deepEqual(await archive.read('second.txt'), data);
});

test('half a megabyte of zeros is unpacked, however little it was packed to', async (t) => {
  const data = Buffer.alloc(500_000);
  const archive = await opened(t, zipFile([{ name: 'zeros', data }]));
  const packedBytes = archive.entries.get('zeros')?.packedBytes ?? 0;
  assert.ok(packedBytes > 0 && packedBytes < data.length / 200, `${packedBytes} bytes`);
  assert.deepEqual(await archive.read('zeros'), data);
});
