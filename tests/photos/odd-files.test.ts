/** Files that are no photo, and must not be read to find that out. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { photos } from 'celeba-lab';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'odd-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('readPhotoBytes refuses a pipe, into which nobody may ever write', async () => {
  const pipe = join(folder, 'a.jpg');
  execFileSync('mkfifo', [pipe]);
  await assert.rejects(photos.readPhotoBytes(pipe), /a\.jpg: found a pipe, a socket or a device, expected a JPEG/);
});

test('readPhotoBytes refuses a file of a gigabyte without reading it', async () => {
  const file = join(folder, 'huge.jpg');
  await writeFile(file, '');
  await truncate(file, 1e9);
  await assert.rejects(photos.readPhotoBytes(file), /huge\.jpg: found a file of 1\.0 GB, more than 400 MB, expected/);
});

test('readPhotoBytes says of a name that is no UTF-8 to rename the file, and of a link to itself to remove it', async () => {
  const name = join(folder, 'caf\uFFFD.jpg');
  await assert.rejects(photos.readPhotoBytes(name), /found a name that is not UTF-8, .*\. Rename the file\.$/);
  const link = join(folder, 'link.jpg');
  await symlink(link, link);
  await assert.rejects(photos.readPhotoBytes(link), /found links in a circle, .*\. Remove the link\.$/);
});
