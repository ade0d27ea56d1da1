import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { lockOutputs } from 'celeba-lab/dist/project';
import { zipSync } from 'fflate';
import { cutAfter, ignoreRange, quotaPage, status } from './file-server';
import type { CommandResult } from './run-command';
import { assertWholeIn, NAMES, PHOTOS, runData, serveSetOfTwo, TABLE, writeCatalogOfTwo } from './set-of-two-files';

const served = serveSetOfTwo('data-');

function writeCatalog(change?: (source: Record<string, unknown>) => void): Promise<string> {
  return writeCatalogOfTwo(served.folder, served.address, change);
}

async function data(...args: string[]): Promise<CommandResult> {
  if (!existsSync(join(served.folder, 'catalog.json'))) await writeCatalog();
  return runData(served.folder, ...args);
}

function obtain(...args: string[]): Promise<CommandResult> {
  return data('--accept-terms', ...args);
}

function assertWhole(result: CommandResult): Promise<void> {
  return assertWholeIn(served.folder, result);
}

function assertNothing(result: CommandResult, code: number, words: RegExp): void {
  assert.equal(result.code, code, result.stderr);
  assert.equal(result.stdout, '');
  assert.match(result.stderr, words);
  assert.equal(existsSync(join(served.folder, 'celeba')), false);
}

test('data shows the terms, and exits with 2 where nobody accepts them', async () => {
  const result = await data('--from', served.address);
  assertNothing(
    result,
    2,
    /non-commercial research only\.[^]*celeba: found no answer to its terms, expected .*--accept-terms\.\n$/,
  );
  assert.equal(served.server.seen.length, 0);
});

test('data brings the files of a mirror, whole, and says what to do next; the second run says so without the network', async () => {
  const first = await obtain('--from', served.address);
  await assertWhole(first);
  assert.match(first.stderr, /100 % {2}300 kB of 300 kB/);
  served.server.stop();
  const second = await data();
  await assertWhole(second);
  assert.match(second.stderr, /^\S+celeba is here, whole: 2 files, 300 kB\.\n$/);
});

test('data says how many photos a given copy had, and that another one was not looked at', async () => {
  const given = join(served.folder, 'given');
  await mkdir(join(given, 'img_align_celeba'), { recursive: true });
  await writeFile(join(given, NAMES.table), TABLE);
  await writeFile(join(given, 'img_align_celeba', '000001.jpg'), PHOTOS);
  const first = await obtain('--from', given);
  assert.match(first.stderr, /celeba is here, with 1 of its 202,599 photos: 2 files, 300 kB\.\n/);
  assert.doesNotMatch(first.stderr, /not looked at/);
  const second = await data('--from', served.address);
  assert.equal(second.code, 0, second.stderr);
  assert.match(second.stderr, /--from http\S+ was not looked at\. Move \S+celeba away to take it\.\n$/);
  assert.equal(served.server.seen.length, 0);
});

test('data goes on at the byte where the connection broke', async () => {
  served.server.next[NAMES.photos] = [cutAfter(100_000)];
  await assertWhole(await obtain('--source', 'second'));
  const asked = served.server.seen.filter(({ path }) => path === NAMES.photos);
  assert.deepEqual(
    asked.map(({ range }) => range),
    [undefined, 'bytes=100000-'],
  );
});

test('data stopped in the middle leaves nothing in the dataset folder, and the next run goes on there', async () => {
  served.server.next[NAMES.photos] = [cutAfter(100_000), status(403)];
  assertNothing(await obtain('--source', 'second'), 1, /HTTP status 403/);
  await assertWhole(await obtain('--source', 'second'));
  assert.deepEqual(
    served.server.seen.slice(2).map(({ path, range }) => [path, range]),
    [
      [NAMES.photos, 'bytes=100000-'],
      [NAMES.photos, 'bytes=100000-'],
    ],
  );
});

test('data begins anew where the server ignores Range', async () => {
  served.server.next[NAMES.photos] = [cutAfter(100_000), ignoreRange];
  await assertWhole(await obtain('--source', 'second'));
});

test('data begins anew where the file has changed between two tries', async () => {
  const older = Buffer.from(PHOTOS).reverse();
  served.server.next[NAMES.photos] = [(request, response) => cutAfter(100_000)(request, response, older)];
  await assertWhole(await obtain('--source', 'second'));
  assert.match(
    served.server.seen[served.server.seen.length - 1].ifRange ?? '',
    new RegExp(createHash('md5').update(older).digest('hex')),
  );
});

test('data waits as a busy server asks, and says so', async () => {
  served.server.next[NAMES.photos] = [status(429, '1'), status(503, '0')];
  const result = await obtain('--source', 'second');
  await assertWhole(result);
  assert.match(result.stderr, /img_align_celeba\.zip: HTTP status 429; trying again in 1\.0 s\n/);
  assert.match(result.stderr, /HTTP status 503; trying again in 0\.0 s\n/);
});

test('data takes the next source where the first has no such file', async () => {
  const result = await obtain();
  await assertWhole(result);
  assert.match(
    result.stderr,
    /Getting it from the first source\n.*found HTTP status 404.*\nGetting it from the second source\n/,
  );
});

test('data names the web page that comes when a quota is used up', async () => {
  served.server.next[NAMES.photos] = [quotaPage];
  const result = await obtain('--source', 'second');
  assertNothing(result, 1, /found a web page \("Google Drive - Quota exceeded"\).*run it again tomorrow/);
});

test('data refuses a file of another size or with another md5', async () => {
  served.server.files[NAMES.photos] = PHOTOS.subarray(1);
  assertNothing(await obtain('--source', 'second'), 1, /found a file of 299999 bytes, expected a file of 300000 bytes/);
  served.server.files[NAMES.photos] = Buffer.from(PHOTOS).fill(0, 0, 10);
  assertNothing(await obtain('--source', 'second'), 1, /found a file with md5 [0-9a-f]{32}, expected md5 [0-9a-f]{32}/);
});

test('data asks whether the disk has room before it asks a server', async () => {
  await writeCatalog(({ files }) => ((files as { sizeBytes: number }[])[1].sizeBytes = 1e18));
  const result = await obtain();
  assertNothing(
    result,
    1,
    /found [\d.,]+ .B free on this disk, expected 1,000,000,000 GB\. Make room there, or move the data folder to a larger disk/,
  );
  assert.equal(served.server.seen.length, 0);
});

test('data gets again only what is missing from a set that was whole', async () => {
  await obtain('--source', 'second');
  await rm(join(served.folder, 'celeba', NAMES.table));
  const before = served.server.seen.length;
  const result = await obtain('--source', 'second');
  await assertWhole(result);
  assert.match(result.stderr, /^\S+celeba: 1 of its files are missing or changed \(list_attr_celeba\.txt\)/);
  assert.deepEqual(
    served.server.seen.slice(before).map(({ path }) => path),
    [NAMES.table],
  );
});

test('data takes a folder as CelebA is handed out, and a zip archive of it from here or from an address', async () => {
  const given = join(served.folder, 'given');
  await mkdir(join(given, 'Anno'), { recursive: true });
  await mkdir(join(given, 'Img'));
  await writeFile(join(given, 'Anno', NAMES.table), TABLE);
  await writeFile(join(given, 'Img', NAMES.photos), PHOTOS);
  const zip = zipSync({
    [`CelebA/${NAMES.table}`]: TABLE,
    [`CelebA/Img/${NAMES.photos}`]: PHOTOS,
    'CelebA/other.txt': TABLE,
  });
  await writeFile(join(served.folder, 'all.zip'), zip);
  served.server.files['all.zip'] = Buffer.from(zip);
  for (const from of ['given', 'all.zip', `${served.address}all.zip`]) {
    await assertWhole(await obtain('--from', from));
    await rm(join(served.folder, 'celeba'), { recursive: true });
  }
});

test('data refuses a folder or archive that holds no whole copy, is no archive, or is damaged', async () => {
  await mkdir(join(served.folder, 'half'));
  await writeFile(join(served.folder, 'half', NAMES.table), TABLE);
  await writeFile(join(served.folder, 'page.zip'), '<html><title>Quota exceeded</title></html>');
  await writeFile(join(served.folder, 'text.zip'), 'a text');
  await writeFile(
    join(served.folder, 'short.zip'),
    zipSync({ [NAMES.table]: TABLE, [NAMES.photos]: PHOTOS }).subarray(0, 500),
  );
  const outside = zipSync({ '../../list_attr_celeba.txt': TABLE, [NAMES.photos]: PHOTOS });
  await writeFile(join(served.folder, 'outside.zip'), outside);
  const found: Record<string, RegExp> = {
    half: /found only list_attr_celeba\.txt, expected a folder or a zip archive with a whole copy/,
    'page.zip': /found a web page \("Quota exceeded"\)/,
    'text.zip': /found a file that is no zip archive/,
    'short.zip': /found an archive that can't be read/,
    'outside.zip': /found an archive that is damaged \(invalid relative path/,
    nowhere: /found no such file or folder/,
  };
  for (const [from, words] of Object.entries(found)) assertNothing(await obtain('--from', from), 2, words);
});

test('data refuses to run twice at once for the same dataset', async () => {
  const unlock = await lockOutputs(join(served.folder, 'celeba.part'), 'npm run data');
  assertNothing(
    await obtain('--source', 'second'),
    2,
    /celeba\.part: found another npm run data at work .* Wait until it has ended\.\n$/,
  );
  await unlock();
  await assertWhole(await obtain('--source', 'second'));
});

test('data leaves a copy alone that came otherwise, and refuses to mix with other files', async () => {
  const celeba = join(served.folder, 'celeba');
  await mkdir(celeba);
  await writeFile(join(celeba, 'notes.txt'), 'mine');
  const result = await obtain();
  assert.equal(result.code, 2);
  assert.match(result.stderr, /found files that are no whole copy and did not come with this command/);
  await writeFile(join(celeba, NAMES.table), TABLE);
  await writeFile(join(celeba, NAMES.photos), PHOTOS);
  const { code, stdout, stderr } = await data();
  assert.deepEqual([code, stdout], [0, `DATASET=${celeba} npm start\n`]);
  assert.match(stderr, /it didn't come with this command, so it isn't checked/);
});
