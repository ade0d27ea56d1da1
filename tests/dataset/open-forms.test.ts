/** The forms in which people have CelebA and other photos: each is recognised, named in one line, and read where it lies. */

import assert from 'node:assert/strict';
import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { dataset, photos } from 'celeba-lab';
import { ATTRIBUTES, celeba, jpeg, NAMES, PARTITION, partOf, write } from '../bad-input/bad-input';
import { parquet, threeParts } from '../bad-input/parquet-files';
import { zipFile } from '../bad-input/zip-file';
import { temporaryFolder } from './write-celeba';

const CSV = {
  'list_attr_celeba.csv': [
    ',Male,Smiling',
    ...ATTRIBUTES.trim()
      .split('\n')
      .slice(2)
      .map((row) => row.replaceAll(/ +/g, ',')),
  ].join('\n'),
  'list_eval_partition.csv': ['image_id,partition', ...NAMES.map((name, i) => `${name},${partOf(i)}`)].join('\n'),
};

/** CelebA's photos in an archive, each of its own width, stored or deflated. */
async function packedPhotos(above: string, more: Record<string, string> = {}): Promise<Buffer> {
  const pictures = await Promise.all(NAMES.map((_, i) => jpeg(16 + i)));
  const parts = NAMES.map((name, i) => ({ name: above + name, data: pictures[i], method: i % 2 ? 8 : 0 }));
  return zipFile([...parts, ...Object.entries(more).map(([name, text]) => ({ name, data: Buffer.from(text) }))]);
}

/** Opens a dataset and decodes all photos; returns its line, what follows its name, and the photos' widths. */
async function opened(path: string): Promise<{ data: dataset.Dataset; found: string; widths: number[] }> {
  const data = await dataset.openDataset(path);
  const decoded = await Promise.all(data.photos.map(({ file }) => photos.decodePhoto(file)));
  return { data, found: data.description.replace(/^[^:]*: /, ''), widths: decoded.map(({ width }) => width) };
}

const WIDTHS = NAMES.map((_, i) => 16 + i);
const COUNTS = '6 photos, 4 train, 1 validation, 1 test';

async function zipped(t: TestContext, tables: Record<string, string | Uint8Array>): Promise<string> {
  const zip = { 'img_align_celeba.zip': await packedPhotos('img_align_celeba/') };
  return write(temporaryFolder(t), { ...tables, ...zip });
}

const TEXT = { 'list_attr_celeba.txt': ATTRIBUTES, 'list_eval_partition.txt': PARTITION };

test('text tables with the photos still zipped: each photo is read from the archive, nothing is unpacked', async (t) => {
  const folder = await zipped(t, TEXT);
  const { data, found, widths } = await opened(folder);
  assert.equal(found, `CelebA text tables, photos in img_align_celeba.zip, ${COUNTS}`);
  assert.deepEqual(widths, WIDTHS);
  assert.equal(data.photos[0].file, join(folder, 'img_align_celeba.zip/img_align_celeba/000001.jpg'));
  assert.equal(readdirSync(folder).length, 3);
});

test('DATASET may be the zip of photos itself, with the tables beside it', async (t) => {
  const { found, widths } = await opened(join(await zipped(t, TEXT), 'img_align_celeba.zip'));
  assert.equal(found, `CelebA text tables, photos in img_align_celeba.zip, ${COUNTS}`);
  assert.deepEqual(widths, WIDTHS);
});

test("Kaggle's copy: CSV tables, a blank first heading, photos in the nested folder", async (t) => {
  const photo = await jpeg();
  const nested = Object.fromEntries(NAMES.map((name) => [`img_align_celeba/img_align_celeba/${name}`, photo]));
  const { data, found } = await opened(write(temporaryFolder(t), { ...CSV, ...nested }));
  assert.equal(found, `CelebA as CSV tables, ${COUNTS}`);
  assert.deepEqual(
    data.photos.map(({ label }) => label),
    [0, 1, 0, 1, 0, 1],
  );
  assert.deepEqual(dataset.attributeTable(data).columns, ['file', 'Male', 'Smiling']);
});

test("Kaggle's whole archive, tables and photos in one zip", async (t) => {
  const zip = await packedPhotos('img_align_celeba/img_align_celeba/', CSV);
  const { found, widths } = await opened(join(write(temporaryFolder(t), { 'archive.zip': zip }), 'archive.zip'));
  assert.equal(found, `CelebA as CSV tables, photos in archive.zip, ${COUNTS}`);
  assert.deepEqual(widths, WIDTHS);
});

/** Files of a copy, each below a folder. */
function packedBelow(above: string, files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [above + name, text]));
}

test('a zip of the folder celeba/, or of one within another, is opened as the folder itself would be', async (t) => {
  const handedOut = {
    'Anno/list_attr_celeba.txt': TEXT['list_attr_celeba.txt'],
    'Eval/list_eval_partition.txt': TEXT['list_eval_partition.txt'],
  };
  const forms: [above: string, photos: string, tables: Record<string, string>, found: string][] = [
    ['celeba/', 'img_align_celeba/', TEXT, 'CelebA text tables'],
    ['data/celeba/', 'img_align_celeba/img_align_celeba/', CSV, 'CelebA as CSV tables'],
    ['CelebA/', 'Img/img_align_celeba/', handedOut, 'CelebA text tables'],
  ];
  for (const [above, folder, tables, form] of forms) {
    const zip = await packedPhotos(above + folder, packedBelow(above, tables));
    const { found, widths } = await opened(join(write(temporaryFolder(t), { 'celeba.zip': zip }), 'celeba.zip'));
    assert.equal(found, `${form}, photos in celeba.zip, ${COUNTS}`);
    assert.deepEqual(widths, WIDTHS);
  }
});

test('a zip of the folder celeba/ without its tables is told what it lacks', async (t) => {
  const zip = await packedPhotos('celeba/img_align_celeba/');
  const path = join(write(temporaryFolder(t), { 'celeba.zip': zip }), 'celeba.zip');
  const lacking = /found neither tables nor class folders, expected list_attr_celeba\.txt and list_eval_partition\.txt/;
  await assert.rejects(opened(path), lacking);
});

test('a folder is opened as its only subfolder would be, or as what its only link leads to, where CelebA is there', async (t) => {
  const [folder, linked] = [temporaryFolder(t), temporaryFolder(t)];
  symlinkSync(await celeba(join(folder, 'celeba')), join(linked, 'faces'));
  for (const path of [folder, linked]) assert.equal((await opened(path)).found, `CelebA text tables, ${COUNTS}`);
});

test('a folder whose only subfolder is a link back to it is refused', async (t) => {
  const folder = temporaryFolder(t);
  symlinkSync(folder, join(folder, 'again'));
  await assert.rejects(opened(folder), /found neither tables nor class folders/);
});

test("Hugging Face's copy: parquet files, parts by their names, persons from celeb_id", async (t) => {
  const { data, found } = await opened(threeParts(temporaryFolder(t)));
  assert.equal(found, 'CelebA as parquet, 3 files, 6 photos, 2 train, 2 validation, 2 test');
  assert.deepEqual(
    data.photos.map(({ name, label, part, identity }) => [name, label, part, identity]),
    NAMES.map((name, i) => [name, i % 2, (['train', 'validation', 'test'] as const)[i >> 1], 10 + i]),
  );
  assert.deepEqual(dataset.attributeTable(data).getColumn('Smiling').toArray(), [1, -1, 1, -1, 1, -1]);
});

test('a parquet file whose name tells no part takes the parts from list_eval_partition beside it', async (t) => {
  const folder = write(temporaryFolder(t), {
    'celeba.parquet': parquet('all'),
    'list_eval_partition.txt': PARTITION,
  });
  for (const path of [folder, join(folder, 'celeba.parquet')]) {
    assert.equal((await opened(path)).found, `CelebA as parquet, 1 file, ${COUNTS}`);
  }
});

test('folders train, valid and test with class folders keep their parts; classes and files are sorted by name', async (t) => {
  const photo = await jpeg();
  const paths = ['train', 'valid', 'test'].flatMap((part) => [
    `${part}/male/10.jpg`,
    `${part}/male/9.jpg`,
    `${part}/Female/1.jpg`,
  ]);
  const folder = write(temporaryFolder(t), Object.fromEntries(paths.map((path) => [path, photo])));
  const { data, found } = await opened(folder);
  assert.equal(
    found,
    'folders train, valid, test with one folder a class (Female, male), 9 photos, 3 train, 3 validation, 3 test',
  );
  assert.equal(data.split, 'official');
  assert.deepEqual(
    data.photos.slice(0, 3).map(({ name, label, part }) => [name, label, part]),
    [
      ['train/Female/1.jpg', 0, 'train'],
      ['train/male/10.jpg', 1, 'train'],
      ['train/male/9.jpg', 1, 'train'],
    ],
  );
});

test('class folders in a zip archive, packed with the folder around them', async (t) => {
  const data = await jpeg();
  const parts = ['cat', 'dog'].flatMap((name) => [1, 2, 3].map((i) => ({ name: `pets/${name}/${i}.jpg`, data })));
  const { found } = await opened(join(write(temporaryFolder(t), { 'pets.zip': zipFile(parts) }), 'pets.zip'));
  assert.equal(found, 'one folder a class (cat, dog), 6 photos, 2 train, 2 validation, 2 test');
});

test('a zip that was replaced is read anew', async (t) => {
  const folder = await zipped(t, TEXT);
  await opened(folder);
  write(folder, { 'img_align_celeba.zip': await packedPhotos('') });
  const { data, widths } = await opened(folder);
  assert.deepEqual(widths, WIDTHS);
  assert.equal(data.photos[0].file, join(folder, 'img_align_celeba.zip/000001.jpg'));
});

test('photos in a folder are preferred to those in the archive beside it', async (t) => {
  const folder = await celeba(temporaryFolder(t), { 'img_align_celeba.zip': 'not looked at' });
  assert.equal((await opened(folder)).found, `CelebA text tables, ${COUNTS}`);
});

test('the same photo has the same bytes in a folder, a zip archive and a parquet file', async (t) => {
  const bytes = await photos.readPhotoBytes(
    join(threeParts(temporaryFolder(t)), 'data/train-00000-of-00001.parquet/1/000002.jpg'),
  );
  const folder = write(temporaryFolder(t), { 'a.jpg': bytes, 'a.zip': zipFile([{ name: 'b/a.jpg', data: bytes }]) });
  for (const file of ['a.jpg', 'a.zip/b/a.jpg']) {
    assert.deepEqual(Buffer.from(await photos.readPhotoBytes(join(folder, file))), Buffer.from(bytes));
  }
});
