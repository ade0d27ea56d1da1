import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { files, InputError } from 'celeba-lab';
import { fillDisk } from './fill-disk';

const root = mkdtemp(join(tmpdir(), 'write-'));
after(async () => rm(await root, { recursive: true }));

test('writeFileAtomically makes folders on the way, replaces what was there and leaves nothing else', async () => {
  const path = join(await root, 'a', 'b', 'file.txt');
  await files.writeFileAtomically(path, 'first');
  await files.writeFileAtomically(path, 'second');
  assert.equal(await readFile(path, 'utf8'), 'second');
  assert.deepEqual(await readdir(join(await root, 'a', 'b')), ['file.txt']);
});

test('writeFileAtomically that fails leaves nothing behind', async () => {
  const taken = join(await root, 'taken');
  await mkdir(join(taken, 'file'), { recursive: true });
  await assert.rejects(files.writeFileAtomically(join(taken, 'file'), 'text'), { code: 'EISDIR', syscall: 'rename' });
  assert.deepEqual(await readdir(taken), ['file']);
});

test('writeFileAtomically names the file that has no room, and leaves the one before as it was', async (t) => {
  const path = join(await root, 'full', 'report.json');
  await files.writeFileAtomically(path, 'before');
  fillDisk(t);
  await assert.rejects(files.writeFileAtomically(path, 'after'), (error) => {
    const sentence = /report\.json: found a full disk, expected room for 5 bytes\. Make room there and run again: /;
    return error instanceof InputError && sentence.test(error.message) && files.whatIsFull(error) === 'disk';
  });
  t.mock.restoreAll();
  assert.equal(await readFile(path, 'utf8'), 'before');
  assert.deepEqual(await readdir(join(await root, 'full')), ['report.json']);
});

test('writeJson writes what JSON.parse reads back', async () => {
  const path = join(await root, 'value.json');
  await files.writeJson(path, { a: [1, 'two', null] });
  assert.deepEqual(JSON.parse(await readFile(path, 'utf8')), { a: [1, 'two', null] });
});

test('sha256OfFile and checksumOfFile give the known digests of three letters', async () => {
  const path = join(await root, 'abc');
  await files.writeFileAtomically(path, 'abc');
  assert.equal(await files.sha256OfFile(path), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  assert.equal(await files.checksumOfFile(path, 'md5'), '900150983cd24fb0d6963f7d28e17f72');
});
