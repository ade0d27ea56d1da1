/** A set that came whole and was changed since: what is sound is used again, what was changed is kept. */

import assert from 'node:assert/strict';
import fsPromises, { cp, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';
import { putInPlace, reuseFiles, stagingFolder, stateOf } from '../../../scripts/data/finished-set';
import { status } from '../file-server';
import type { CommandResult } from '../run-command';
import { assertWholeIn, NAMES, PHOTOS, runData, serveSetOfTwo, TABLE, writeCatalogOfTwo } from '../set-of-two-files';

const KEPT = /\nlist_attr_celeba\.txt: changed, or no part of the set; moved to \S+celeba\.replaced\. Remove it/;

const served = serveSetOfTwo('damaged-');
beforeEach(() => writeCatalogOfTwo(served.folder, served.address));

function obtain(...args: string[]): Promise<CommandResult> {
  return runData(served.folder, '--accept-terms', ...args);
}

/** Writes the user's words into the set's table. */
function changeTable(words = 'mine'): Promise<void> {
  return writeFile(join(served.folder, 'celeba', NAMES.table), words);
}

/** Paths that the server is asked for while `work` runs. */
async function askedFor(work: () => Promise<void>): Promise<string[]> {
  const before = served.server.seen.length;
  await work();
  return served.server.seen.slice(before).map(({ path }) => path);
}

test('data leaves a damaged set as it is where nobody accepts the terms', async () => {
  await obtain('--source', 'second');
  await changeTable();
  const { code, stderr } = await runData(served.folder);
  assert.equal(code, 2);
  assert.match(stderr, /celeba: 1 of its files are missing or changed \(list_attr_celeba\.txt\)\.\n/);
  assert.equal(await readFile(join(served.folder, 'celeba', NAMES.table), 'utf8'), 'mine');
  assert.deepEqual(await readFile(join(served.folder, 'celeba', NAMES.photos)), PHOTOS);
});

test('data moves a changed file aside and says so, and fetches no other one, wherever the set came from', async () => {
  const given = join(served.folder, 'given');
  await mkdir(given);
  await writeFile(join(given, NAMES.table), TABLE);
  await writeFile(join(given, NAMES.photos), PHOTOS);
  for (const from of [['--from', 'given'], ['--from', served.address], []]) {
    await obtain(...from);
    await changeTable();
    const asked = await askedFor(async () => {
      const result = await obtain();
      await assertWholeIn(served.folder, result);
      assert.match(result.stderr, KEPT);
    });
    assert.deepEqual(asked, [`first/${NAMES.table}`, NAMES.table]);
    assert.equal(await readFile(join(served.folder, 'celeba.replaced', NAMES.table), 'utf8'), 'mine');
    for (const each of ['celeba', 'celeba.replaced']) await rm(join(served.folder, each), { recursive: true });
  }
});

test('data mends a set from a mirror, and from a folder, without losing a changed file', async () => {
  await obtain('--from', served.address);
  await changeTable();
  const asked = await askedFor(async () => assertWholeIn(served.folder, await obtain('--from', served.address)));
  assert.deepEqual(asked, [NAMES.table]);
  await cp(join(served.folder, 'celeba'), join(served.folder, 'given'), { recursive: true });
  await changeTable('mine, too');
  await writeFile(join(served.folder, 'celeba', 'notes.txt'), 'notes');
  await assertWholeIn(served.folder, await obtain('--from', 'given'));
  const kept = (number: string, name: string) =>
    readFile(join(served.folder, `celeba.replaced${number}`, name), 'utf8');
  assert.deepEqual(await Promise.all([kept('', NAMES.table), kept('-2', NAMES.table), kept('-2', 'notes.txt')]), [
    'mine',
    'mine, too',
    'notes',
  ]);
});

test('data leaves a damaged set where no source has it, and the next run sees what has changed since', async () => {
  await writeCatalogOfTwo(served.folder, served.address, ({ files }) =>
    (files as { sizeBytes?: number; md5?: string }[]).forEach((file) => {
      delete file.sizeBytes;
      delete file.md5;
    }),
  );
  await obtain('--source', 'second');
  await changeTable();
  served.server.next[NAMES.table] = [status(403)];
  const { code, stderr } = await obtain('--source', 'second');
  assert.deepEqual([code, /HTTP status 403/.test(stderr)], [1, true]);
  assert.equal(await readFile(join(served.folder, 'celeba', NAMES.table), 'utf8'), 'mine');
  await truncate(join(served.folder, 'celeba', NAMES.photos), 1000);
  const asked = await askedFor(async () => assertWholeIn(served.folder, await obtain('--source', 'second')));
  assert.deepEqual(asked.sort(), [NAMES.photos, NAMES.table]);
  assert.equal((await stat(join(served.folder, 'celeba.replaced', NAMES.photos))).size, 1000);
});

test('data first asks the source whose files are here', async () => {
  await writeCatalogOfTwo(served.folder, served.address, (source) => {
    if (source.key === 'first')
      source.files = [{ path: 'train-00000-of-00001.parquet', url: `${served.address}parquet` }];
  });
  await obtain('--source', 'second');
  await rm(join(served.folder, 'celeba', NAMES.table));
  const asked = await askedFor(async () => assertWholeIn(served.folder, await obtain()));
  assert.deepEqual(asked, [NAMES.table]);
});

test('stateOf takes a set for neither foreign nor damaged where the disk cannot be read', async (t) => {
  const celeba = join(served.folder, 'celeba');
  await obtain('--source', 'second');
  const answer = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
  for (const method of ['readFile', 'stat'] as const) {
    const failing = t.mock.method(fsPromises, method, answer('EACCES'));
    await assert.rejects(stateOf(celeba), /celeba\/\S+: found a file that may not be read/);
    failing.mock.mockImplementation(answer('EIO'));
    await assert.rejects(stateOf(celeba), { code: 'EIO' });
    failing.mock.restore();
  }
  assert.equal((await stateOf(celeba)).kind, 'whole');
});

test('reuseFiles copies where the disk knows no links, and putInPlace leaves no file twice', async (t) => {
  const celeba = join(served.folder, 'celeba');
  const [first, second] = ['photos/1.jpg', 'photos/2.jpg'];
  const write = async (set: string, path: string) => {
    await mkdir(join(set, 'photos'), { recursive: true });
    await writeFile(join(set, path), path);
  };
  for (const path of [first, second]) await write(stagingFolder(celeba, 'given'), path);
  assert.equal(await putInPlace(celeba, 'given', []), undefined);
  await rm(join(celeba, second));
  const state = await stateOf(celeba);
  assert.deepEqual(state, { kind: 'damaged', faulty: [second], sound: [first] });
  t.mock.method(fsPromises, 'link', () => Promise.reject(new Error('EPERM')));
  await reuseFiles(celeba, 'other', [first, second], [first]);
  await write(stagingFolder(celeba, 'other'), second);
  assert.equal(await putInPlace(celeba, 'other', [first]), undefined);
  assert.equal((await stateOf(celeba)).kind, 'whole');
  assert.deepEqual((await readdir(served.folder)).sort(), ['catalog.json', 'celeba']);
});
