import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { projectPath } from 'celeba-lab/dist/project';
import { expandRange, placeOf, readCatalog, type CatalogEntry } from '../../../scripts/data/catalog';
import { filesOfSource } from '../../../scripts/data/remote-files';
import { FileServer } from '../file-server';

const SHA256 = 'ab'.repeat(32);

async function entryOf(name: string): Promise<CatalogEntry> {
  return (await readCatalog(projectPath('scripts', 'data', 'sources.json')))[name];
}

/** The files of a source whose list is `answer`. */
async function listed(t: TestContext, entry: CatalogEntry, answer: unknown) {
  const server = new FileServer({ list: Buffer.from(JSON.stringify(answer)) });
  const folder = await mkdtemp(join(tmpdir(), 'list-'));
  t.after(() => rm(folder, { recursive: true }));
  t.after(() => server.stop());
  const [source] = entry.sources;
  const listing = { format: source.listing?.format ?? 'github', url: `${await server.start()}list` };
  return filesOfSource(entry, { ...source, listing }, folder);
}

test("filesOfSource reads Hugging Face's list: 25 parquet files with sizes and SHA-256", async (t) => {
  const celeba = await entryOf('celeba');
  const paths = (celeba.sources[0].names ?? []).flatMap(expandRange);
  const answer = paths.map((path) => ({ type: 'file', path, size: 5, oid: '0', lfs: { oid: SHA256, size: 5 } }));
  const files = await listed(t, celeba, answer);
  assert.equal(files.length, 25);
  assert.deepEqual(files[20], {
    path: 'valid-00001-of-00003.parquet',
    url: `${(celeba.sources[0].address ?? '').replace('{path}', 'img_align%2Bidentity%2Battr/valid-00001-of-00003.parquet')}`,
    sizeBytes: 5,
    checksum: { algorithm: 'sha256', hex: SHA256 },
  });
});

test("filesOfSource reads GitHub's list: 200 portraits of one size, into class folders, with Git's checksums", async (t) => {
  const portraits = await entryOf('portraits');
  const tree = ['female', 'male'].flatMap((sex) =>
    [512, 64].flatMap((size) =>
      expandRange('{0..99}.jpg').map((name) => ({ type: 'blob', path: `${sex}/${size}/${name}`, size: 7, sha: 'cd' })),
    ),
  );
  const files = await listed(t, portraits, { tree });
  assert.equal(files.length, 200);
  assert.deepEqual([files[0].path, files[199].path], ['female/0.jpg', 'male/99.jpg']);
  assert.deepEqual(files[0].checksum, { algorithm: 'git-blob', hex: 'cd' });
});

test('filesOfSource refuses a list that lacks a file, and an answer in another form', async (t) => {
  const portraits = await entryOf('portraits');
  await assert.rejects(listed(t, portraits, { tree: [] }), /found 0 files, none of them female\/512\/0\.jpg/);
  await assert.rejects(listed(t, portraits, { message: 'no' }), /found an answer in another form/);
});

test("placeOf knows CelebA's files wherever they lie, and no others", async () => {
  const celeba = await entryOf('celeba');
  const places: [string, string | undefined][] = [
    ['Anno/list_attr_celeba.txt', 'list_attr_celeba.txt'],
    ['archive/img_align_celeba/img_align_celeba/000001.jpg', 'img_align_celeba/000001.jpg'],
    ['../../etc/list_attr_celeba.csv', 'list_attr_celeba.csv'],
    ['img_celeba/000001.jpg', undefined],
    ['mylist_attr_celeba.txt', undefined],
  ];
  for (const [path, place] of places) assert.equal(placeOf(celeba, path), place, path);
});
