/** CelebA's table and its photos in small, sources that have them, and `npm run data` that obtains them. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach } from 'node:test';
import { FileServer } from './file-server';
import { runCommand, type CommandResult } from './run-command';

export const TABLE = Buffer.from('1\nMale\n000001.jpg  1\n');
export const PHOTOS = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * index) % 251));
export const NAMES = { table: 'list_attr_celeba.txt', photos: 'img_align_celeba.zip' };

/** What a server has that has all. */
export function filesOfTwo(): Record<string, Buffer> {
  return { [NAMES.table]: TABLE, [NAMES.photos]: PHOTOS };
}

/** Where a test has its files, and who serves them. */
export interface ServedSet {
  folder: string;
  server: FileServer;
  /** The server's, with a slash at its end. */
  address: string;
}

/**
 * Registers hooks that give each test an empty folder and a server that has both files.
 * @param prefix of the temporary folder's name
 * @returns      the running test's own, filled anew before each
 */
export function serveSetOfTwo(prefix: string): ServedSet {
  const served = {} as ServedSet;
  let parent: string;
  let tests = 0;
  before(async () => {
    parent = await mkdtemp(join(tmpdir(), prefix));
  });
  after(() => rm(parent, { recursive: true }));
  beforeEach(async () => {
    served.folder = join(parent, `${++tests}`);
    await mkdir(served.folder);
    served.server = new FileServer(filesOfTwo());
    served.address = await served.server.start();
  });
  afterEach(() => served.server.stop());
  return served;
}

/**
 * Writes `catalog.json` in the real catalog's form: the source `first` looks for the files where the server has none.
 * @param address of a server that has them
 * @param change  edits a source
 * @returns       its path
 */
export async function writeCatalogOfTwo(
  folder: string,
  address: string,
  change: (source: Record<string, unknown>) => void = () => undefined,
): Promise<string> {
  const real = JSON.parse(await readFile('scripts/data/sources.json', 'utf8')) as Record<string, object>;
  const file = (path: string, content: Buffer) => ({
    path,
    url: `${address}${path}`,
    sizeBytes: content.length,
    md5: createHash('md5').update(content).digest('hex'),
  });
  const sources = ['first', 'second'].map((key) => {
    const files = [file(NAMES.table, TABLE), file(NAMES.photos, PHOTOS)];
    return { key, name: `the ${key} source`, aboutBytes: 1000, files };
  });
  sources[0].files.forEach((each) => (each.url = each.url.replace(address, `${address}first/`)));
  sources.forEach(change);
  const path = join(folder, 'catalog.json');
  await writeFile(path, JSON.stringify({ celeba: { ...real.celeba, folder: join(folder, 'celeba'), sources } }));
  return path;
}

/** Runs `npm run data -- celeba` with the catalog in `folder`, into `folder`/celeba. */
export function runData(folder: string, ...args: string[]): Promise<CommandResult> {
  return runCommand('data.ts', ['celeba', '--catalog', 'catalog.json', ...args], { INIT_CWD: folder });
}

/** Asserts that both files are in `folder`/celeba, that the command says so, and that nothing else is left. */
export async function assertWholeIn(folder: string, { code, stdout, stderr }: CommandResult): Promise<void> {
  assert.deepEqual([code, stdout], [0, `DATASET=${join(folder, 'celeba')} npm start\n`], stderr);
  assert.deepEqual(await readFile(join(folder, 'celeba', NAMES.table)), TABLE);
  assert.deepEqual(await readFile(join(folder, 'celeba', NAMES.photos)), PHOTOS);
  assert.equal(existsSync(join(folder, 'celeba.part')), false);
}
