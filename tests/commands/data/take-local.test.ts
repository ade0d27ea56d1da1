import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { projectPath } from 'celeba-lab/dist/project';
import { zipSync, type Zippable } from 'fflate';
import { readCatalog, type Catalog } from '../../../scripts/data/catalog';
import { takeLocal } from '../../../scripts/data/take-local';

const BYTES = Buffer.from('bytes of a file');
const PARQUET = Buffer.from('PAR1 table and footer PAR1');

let folder: string;
let catalog: Catalog;
let taken = 0;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'take-'));
  catalog = await readCatalog(projectPath('scripts', 'data', 'sources.json'));
});
after(() => rm(folder, { recursive: true }));

/** What lands in the dataset's folder, by name. */
async function take(name: string, from: string): Promise<string[]> {
  const target = join(folder, `taken-${++taken}`);
  await takeLocal(catalog[name], from, target);
  return filesBelow(target);
}

/** Where the last `take` put its files. */
function lastTarget(): string {
  return join(folder, `taken-${taken}`);
}

async function filesBelow(target: string): Promise<string[]> {
  const entries = await readdir(target, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return paths.map((path) => path.slice(target.length + 1)).sort();
}

async function zipOf(files: Zippable): Promise<string> {
  const file = join(folder, `${++taken}.zip`);
  await writeFile(file, zipSync(files));
  return file;
}

test("takeLocal takes the portraits of one size out of GitHub's archive, into class folders", async () => {
  const top = 'assets-person-portrait-1a9f1d3';
  const names = ['female/512/0.jpg', 'female/64/0.jpg', 'male/512/12.jpg', 'male/metadata/12.json', 'README.md'];
  const zip = await zipOf(Object.fromEntries(names.map((name) => [`${top}/${name}`, BYTES])));
  assert.deepEqual(await take('portraits', zip), ['female/0.jpg', 'male/12.jpg']);
});

test("takeLocal unpacks Kaggle's archive: tables as CSV, photos out of the nested folder", async () => {
  const names = ['list_attr_celeba.csv', 'list_eval_partition.csv', 'list_bbox_celeba.csv'];
  const photos = ['img_align_celeba/img_align_celeba/000001.jpg', 'img_align_celeba/img_align_celeba/000002.jpg'];
  const zip = await zipOf(Object.fromEntries([...names, ...photos].map((name) => [name, BYTES])));
  assert.deepEqual(await take('celeba', zip), [
    'img_align_celeba/000001.jpg',
    'img_align_celeba/000002.jpg',
    'list_attr_celeba.csv',
    'list_eval_partition.csv',
  ]);
});

test('takeLocal follows no links out of a folder, and takes the folder that a file of the dataset lies in', async () => {
  const [given, elsewhere] = [join(folder, 'given'), join(folder, 'elsewhere')];
  await mkdir(given);
  await mkdir(join(elsewhere, 'male'), { recursive: true });
  await writeFile(join(elsewhere, 'male', '1.jpg'), BYTES);
  await symlink(join(elsewhere, 'male'), join(given, 'male'));
  await mkdir(join(given, 'female'));
  await writeFile(join(given, 'female', '1.jpg'), BYTES);
  await assert.rejects(take('portraits', given), /found only female\/1\.jpg/);
  for (const part of ['train-00000-of-00001', 'valid-00000-of-00001', 'test-00000-of-00001'])
    await writeFile(join(elsewhere, `${part}.parquet`), PARQUET);
  const files = await take('celeba', join(elsewhere, 'valid-00000-of-00001.parquet'));
  assert.equal(files.length, 3);
});

test('takeLocal refuses parquet files of which a part is missing or was cut short', async () => {
  const given = join(folder, 'parquet');
  await mkdir(given);
  for (const part of ['train-00000-of-00002', 'valid-00000-of-00001', 'test-00000-of-00001'])
    await writeFile(join(given, `${part}.parquet`), PARQUET);
  await assert.rejects(
    take('celeba', given),
    /3 of its files, but not train-00001-of-00002\.parquet \(1 missing\), exp/,
  );
  const cut = join(given, 'train-00001-of-00002.parquet');
  await writeFile(cut, PARQUET.subarray(0, 20));
  await assert.rejects(
    take('celeba', given),
    /00001-of-00002\.parquet: found 20 bytes that aren't a whole parquet file/,
  );
  await writeFile(cut, PARQUET);
  assert.equal((await take('celeba', given)).length, 4);
});

test('takeLocal stops at an entry that unpacks to more than it declares', async () => {
  const zip = zipSync({ 'female/1.jpg': new Uint8Array(100_000), 'male/1.jpg': BYTES });
  // The declared size of the first entry in the central directory, 24 bytes after its signature.
  const bytes = Buffer.from(zip);
  bytes.writeUInt32LE(10, bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1')) + 24);
  const file = join(folder, 'liar.zip');
  await writeFile(file, bytes);
  await assert.rejects(take('portraits', file), /found an archive that is damaged/);
});

test('takeLocal refuses an archive of which one byte has changed, names the file, and leaves nothing of it', async () => {
  const zip = await zipOf({
    'set/female/1.jpg': BYTES,
    'set/male/2.jpg': [Buffer.from('a stored photo'), { level: 0 }],
  });
  const bytes = await readFile(zip);
  bytes[bytes.indexOf('a stored photo')] ^= 1;
  await writeFile(zip, bytes);
  const found = new RegExp(
    `^InputError: ${zip}/set/male/2\\.jpg: found bytes with CRC-32 [0-9a-f]{8}, expected CRC-32 `,
  );
  await assert.rejects(take('portraits', zip), found);
  assert.deepEqual(await filesBelow(lastTarget()), ['female/1.jpg']);
});

test('takeLocal refuses photos with another md5 than the published one, and leaves nothing of them', async () => {
  const given = join(folder, 'changed');
  await mkdir(given);
  await writeFile(join(given, 'list_attr_celeba.txt'), BYTES);
  await writeFile(join(given, 'img_align_celeba.zip'), BYTES);
  const found = /img_align_celeba\.zip: found 15 bytes with md5 [0-9a-f]{32}, expected \d+ bytes with md5 /;
  await assert.rejects(take('celeba', given), found);
  assert.equal((await filesBelow(lastTarget())).includes('img_align_celeba.zip'), false);
});
