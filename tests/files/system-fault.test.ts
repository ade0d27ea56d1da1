import assert from 'node:assert/strict';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { files } from 'celeba-lab';
import { FAILS_TO_READ, NEEDS_PROC, temporaryFolder } from '../photos/write-photos';

function errorOf(path: string): unknown {
  try {
    readFileSync(path);
  } catch (error) {
    return error;
  }
  throw new Error(`${path} can be read.`);
}

test('what is wrong with a path or with a file itself is no fault of the system', (t) => {
  const folder = temporaryFolder(t);
  symlinkSync('circle', join(folder, 'circle'));
  const paths = [folder, join(folder, 'none'), join(folder, 'circle'), join(folder, 'n'.repeat(300)), '\0'];
  for (const path of paths) assert.equal(files.isSystemFault(errorOf(path)), false, path);
});

test('a reading that the system breaks off is a fault of the system', NEEDS_PROC, () => {
  assert.equal(files.isSystemFault(errorOf(FAILS_TO_READ)), true);
});

test('too many open files, no memory and a lost share are faults of the system', () => {
  for (const code of ['EMFILE', 'ENFILE', 'ENOMEM', 'ESTALE', 'EAGAIN', 'ETIMEDOUT', 'EHOSTDOWN'])
    assert.equal(files.isSystemFault(Object.assign(new Error(code), { code, syscall: 'open' })), true, code);
});
