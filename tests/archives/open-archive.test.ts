import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { archives, InputError } from 'celeba-lab';
import { zipFile } from '../bad-input/zip-file';
import { temporaryFolder } from '../dataset/write-celeba';

/** An archive whose entry needs two reads: its local header is longer than usual. */
const archiveOf = (text: string): Buffer =>
  zipFile([{ name: 'a.txt', data: Buffer.from(text), method: 0, localExtra: Buffer.alloc(1000) }]);

test('a read that is under way ends well where its archive is replaced and opened again', async (t) => {
  const path = join(temporaryFolder(t), 'a.zip');
  writeFileSync(path, archiveOf('before'));
  const old = await archives.openZip(path);
  const reading = archives.readFromArchive(path, 'a.txt');
  writeFileSync(`${path}.new`, archiveOf('thereafter'));
  renameSync(`${path}.new`, path);
  const opened = archives.openZip(path);
  assert.equal(Buffer.from(await reading).toString(), 'before');
  assert.equal(Buffer.from(await (await opened).read('a.txt')).toString(), 'thereafter');
  await assert.rejects(old.read('a.txt'), /an archive that was replaced meanwhile/);
});

test('an archive that fails to open leaves the one alone that replaced it meanwhile', async (t) => {
  const path = join(temporaryFolder(t), 'a.zip');
  writeFileSync(path, 'no archive');
  const refused = assert.rejects(archives.openZip(path), InputError);
  writeFileSync(path, archiveOf('sound'));
  const opened = archives.openZip(path);
  await refused;
  assert.equal(await archives.openZip(path), await opened);
});
