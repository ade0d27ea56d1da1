import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
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
