import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import fsPromises from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataset, InputError, project } from 'celeba-lab';
import { temporaryFolder, writeCeleba, writeFiles } from './write-celeba';

/** The sentence with which openDataset refuses a folder. */
async function refusal(folder: string): Promise<string> {
  const error: unknown = await dataset.openDataset(folder).catch((reason: unknown) => reason);
  assert.ok(error instanceof InputError, String(error));
  return error.message;
}

test('openDataset recognises a CelebA folder by its text tables and says what it found', async (t) => {
  const folder = writeCeleba(t);
  const data = await dataset.openDataset(folder);
  assert.equal(data.kind, 'celeba');
  assert.equal(data.drawn, false);
  assert.match(data.description, /: CelebA text tables, 6 photos, 2 train, 2 validation, 2 test$/);
});

test('openDataset recognises class folders', async (t) => {
  const folder = temporaryFolder(t);
  for (const name of ['cat', 'dog']) writeFiles(join(folder, name), ['1.jpg', '2.jpg', '3.jpg']);
  const data = await dataset.openDataset(folder);
  assert.equal(data.kind, 'class-folders');
  assert.match(data.description, /: one folder a class \(cat, dog\), 6 photos, 2 train, 2 validation, 2 test$/);
});

test('openDataset only reads: a read-only folder opens and is as it was', async (t) => {
  const folder = writeCeleba(t);
  chmodSync(folder, 0o555);
  const before = [readdirSync(folder), statSync(folder).mtimeMs];
  await dataset.openDataset(folder).finally(() => chmodSync(folder, 0o755));
  assert.deepEqual([readdirSync(folder), statSync(folder).mtimeMs], before);
});

test('openDataset without a folder opens the sample set that is there, without drawing it again', async (t) => {
  const folder = join(temporaryFolder(t), 'sample');
  await dataset.drawSampleSet(folder, { photoCount: 24 });
  const before = statSync(join(folder, 'list_attr_celeba.txt')).mtimeMs;
  const data = await dataset.openDataset(undefined, { sampleFolder: folder });
  assert.equal(statSync(join(folder, 'list_attr_celeba.txt')).mtimeMs, before);
  assert.equal(data.drawn, true);
  assert.match(data.description, /^sample set: drawings, not photos, .*24 photos/);
});

test('openDataset calls the sample set drawings also where its folder is named as DATASET', async (t) => {
  const folder = join(temporaryFolder(t), 'sample');
  await dataset.drawSampleSet(folder, { photoCount: 24 });
  assert.equal((await dataset.openDataset(folder)).drawn, true);
});

test('openDataset says in its own words what is wrong with a path at which nothing can lie', async (t) => {
  const circle = join(temporaryFolder(t), 'circle');
  symlinkSync(circle, circle);
  const remedy = 'Check the path in DATASET, or leave it out for the sample set.';
  assert.equal(await refusal(circle), `${circle}: found links in a circle, expected a folder of photos. ${remedy}`);
  const long = join(circle, '..', 'long'.repeat(100));
  assert.equal(await refusal(long), `${long}: found a name that is too long, expected a folder of photos. ${remedy}`);
});

test('openDataset tells a folder that may not be read from a system that fails', async (t) => {
  const folder = temporaryFolder(t);
  const answer = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
  for (const method of ['stat', 'access'] as const) {
    const refused = t.mock.method(fsPromises, method, answer('EACCES'));
    assert.match(await refusal(folder), /found a folder that may not be read.*Give yourself the right to read it/);
    refused.mock.mockImplementation(answer('EIO'));
    await assert.rejects(dataset.openDataset(folder), { code: 'EIO' });
    refused.mock.restore();
  }
});

test('openDataset refuses a folder that does not exist', async (t) => {
  const folder = join(temporaryFolder(t), 'nope');
  assert.equal(
    await refusal(folder),
    `${folder}: found no such folder, expected a folder of photos. Check the path in DATASET, or leave it out for the sample set.`,
  );
  assert.equal(existsSync(folder), false);
});

test('openDataset refuses a file that is neither an archive nor parquet', async (t) => {
  const file = join(temporaryFolder(t), 'img_align_celeba.7z');
  writeFileSync(file, '7z');
  assert.match(await refusal(file), /img_align_celeba\.7z: found a file, expected a folder of photos\. Unpack it/);
});

test('openDataset refuses an empty folder', async (t) => {
  assert.match(
    await refusal(temporaryFolder(t)),
    /found an empty folder, expected a folder of photos\. Put the photos there/,
  );
});

test('openDataset refuses a folder that holds neither tables nor class folders', async (t) => {
  const folder = temporaryFolder(t);
  writeFiles(folder, ['holiday.jpg', 'notes.txt']);
  assert.match(await refusal(folder), /found neither tables nor class folders, expected list_attr_celeba\.txt/);
});

test('openDataset refuses CelebA without its tables', async (t) => {
  const folder = writeCeleba(t, { attributes: undefined, partition: undefined });
  assert.match(await refusal(folder), /found neither tables nor class folders.*Put the text tables there/);
});

test('openDataset points to the folder above where it is given the photos of CelebA', async (t) => {
  const folder = join(writeCeleba(t), 'img_align_celeba');
  assert.match(await refusal(folder), /Set DATASET to the folder above, which holds the tables/);
});

test('openDataset reads the tables where CelebA has them: in Anno and Eval, with the photos in Img', async (t) => {
  const folder = writeCeleba(t);
  for (const [name, inside] of [
    ['list_attr_celeba.txt', 'Anno'],
    ['list_eval_partition.txt', 'Eval'],
    ['img_align_celeba', 'Img'],
  ]) {
    writeFiles(join(folder, inside), []);
    renameSync(join(folder, name), join(folder, inside, name));
  }
  const data = await dataset.openDataset(folder);
  assert.equal(data.photos.length, 6);
  assert.equal(dataset.attributeTable(data).height, 6);
});

const MINI = project.projectPath('..', 'shared', 'celeba-mini');

test(
  'openDataset opens celeba-mini',
  { skip: existsSync(MINI) ? false : 'no ../shared/celeba-mini here' },
  async () => {
    const data = await dataset.openDataset(MINI);
    assert.equal(
      data.description,
      'celeba-mini: CelebA text tables, 2,028 photos, 1,405 train, 273 validation, 350 test',
    );
  },
);

test('openDataset draws a random split by its seed', async (t) => {
  const names = Array.from({ length: 60 }, (_, i) => `${i + 1}.jpg`);
  const attributes = `60\nMale\n${names.map((name, i) => `${name} ${i % 2 ? 1 : -1}\n`).join('')}`;
  const partition = names.map((name, i) => `${name} ${Math.floor(i / 20)}\n`).join('');
  const folder = writeCeleba(t, { attributes, partition, photos: names });
  const testNames = async (seed?: number): Promise<string[]> => {
    const { photos } = await dataset.openDataset(folder, { split: 'random', seed });
    return photos.filter(({ part }) => part === 'test').map(({ name }) => name);
  };
  assert.deepEqual(await testNames(), await testNames(1));
  assert.notDeepEqual(await testNames(2), await testNames(1));
});

test('openDataset reads the text tables where there are CSV tables beside them', async (t) => {
  const folder = writeCeleba(t);
  for (const name of ['list_attr_celeba.csv', 'list_eval_partition.csv']) writeFileSync(join(folder, name), 'x,y\n');
  assert.match((await dataset.openDataset(folder)).description, /: CelebA text tables, 6 photos/);
});
