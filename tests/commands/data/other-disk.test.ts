/** Datasets on another disk than the project's. */

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { assertWholeIn, runData, serveSetOfTwo, writeCatalogOfTwo } from '../set-of-two-files';

// Linux keeps it in memory: a file system of its own.
const OTHER = '/dev/shm';
const isOther = existsSync(OTHER) && statSync(OTHER).dev !== statSync(tmpdir()).dev;
const options = { skip: isOther ? false : 'no second disk on this machine' };

const served = serveSetOfTwo('other-disk-');

function onOtherDisk(t: TestContext): string {
  const folder = mkdtempSync(join(OTHER, 'other-disk-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('data fills a data folder that is a link to another disk, from a source and from a folder', options, async (t) => {
  const [disk, data] = [onOtherDisk(t), join(served.folder, 'data')];
  await symlink(disk, data);
  await writeCatalogOfTwo(data, served.address);
  await assertWholeIn(data, await runData(data, '--accept-terms', '--source', 'second'));
  assert.deepEqual((await readdir(disk)).sort(), ['catalog.json', 'celeba']);
  const given = join(served.folder, 'given');
  await cp(join(data, 'celeba'), given, { recursive: true });
  rmSync(join(data, 'celeba'), { recursive: true });
  await assertWholeIn(data, await runData(data, '--accept-terms', '--from', given));
});

test('data refuses a link to another disk where the files come together, before it fetches any', options, async (t) => {
  await writeCatalogOfTwo(served.folder, served.address);
  await symlink(onOtherDisk(t), join(served.folder, 'celeba.part'));
  const { code, stderr } = await runData(served.folder, '--accept-terms', '--source', 'second');
  assert.equal(code, 2);
  assert.match(stderr, /celeba\.part: found a folder on another disk, .* Remove this link, and move the data folder/);
  assert.equal(served.server.seen.length, 0);
});

test('data takes a link on the same disk where the files come together', async () => {
  await writeCatalogOfTwo(served.folder, served.address);
  await mkdir(join(served.folder, 'elsewhere'));
  await symlink(join(served.folder, 'elsewhere'), join(served.folder, 'celeba.part'));
  await assertWholeIn(served.folder, await runData(served.folder, '--accept-terms', '--source', 'second'));
});
