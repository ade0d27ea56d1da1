/** The folder that drawSampleSet leaves: its files, its tables, and that it is whole or absent. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fsPromises, { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { CELEBA_ATTRIBUTES, drawSampleSet, isSampleSet } from 'celeba-lab/dist/dataset/sample-set';

let root: string;
let folder: string;

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'sample-set-'));
  folder = join(root, 'drawn');
  await drawSampleSet(folder, { seed: 5, photoCount: 24 });
});
after(() => rm(root, { recursive: true }));

async function linesOf(name: string, of = folder): Promise<string[]> {
  return (await readFile(join(of, name), 'utf8')).trimEnd().split('\n');
}

/** Values of the attribute table: one array of 40 for each picture. */
async function attributeRows(): Promise<number[][]> {
  const [, , ...rows] = await linesOf('list_attr_celeba.txt');
  return rows.map((row) => row.split(/ +/).slice(1).map(Number));
}

test('drawSampleSet writes CelebA’s files and a README into the folder', async () => {
  assert.deepEqual((await readdir(folder)).sort(), [
    'README.md',
    'identity_CelebA.txt',
    'img_align_celeba',
    'list_attr_celeba.txt',
    'list_eval_partition.txt',
  ]);
});

test('the attribute table opens with the count and CelebA’s 40 names', async () => {
  const [count, names] = await linesOf('list_attr_celeba.txt');
  assert.equal(count, '24');
  assert.deepEqual(names.trimEnd().split(' '), [...CELEBA_ATTRIBUTES]);
  assert.equal(CELEBA_ATTRIBUTES.length, 40);
});

test('each row of the attribute table holds a file name and 40 values, in CelebA’s columns', async () => {
  const [, , ...rows] = await linesOf('list_attr_celeba.txt');
  assert.equal(rows.length, 24);
  for (const row of rows) assert.match(row, /^\d{6}\.jpg( {2}1| -1){40}$/);
});

test('every picture of the tables is a JPEG of 178 x 218', async () => {
  const [, , ...rows] = await linesOf('list_attr_celeba.txt');
  const names = rows.map((row) => row.slice(0, 10));
  assert.deepEqual((await readdir(join(folder, 'img_align_celeba'))).sort(), names);
  for (const name of names) {
    const { format, width, height } = await sharp(join(folder, 'img_align_celeba', name)).metadata();
    assert.deepEqual({ format, width, height }, { format: 'jpeg', width: 178, height: 218 });
  }
});

test('the partition table numbers training 0, validation 1 and test 2, one after the other', async () => {
  const codes = (await linesOf('list_eval_partition.txt')).map((line) => line.slice(-1)).join('');
  assert.match(codes, /^0+1+2+$/);
  assert.equal(codes.length, 24);
});

test('unknown attributes are -1 in every row and listed in the README', async () => {
  const readMe = await readFile(join(folder, 'README.md'), 'utf8');
  const unknown = /-1 in every row: ([\w, \n]+)\./.exec(readMe)?.[1].split(', ') ?? [];
  assert.ok(unknown.includes('Attractive'));
  for (const name of unknown) {
    const column = CELEBA_ATTRIBUTES.indexOf(name as (typeof CELEBA_ATTRIBUTES)[number]);
    assert.ok(
      (await attributeRows()).every((row) => row[column] === -1),
      name,
    );
  }
});

test('the README says that the pictures are drawings and credits facesjs', async () => {
  const readMe = await readFile(join(folder, 'README.md'), 'utf8');
  assert.match(readMe, /drawings/);
  assert.match(readMe, /facesjs.*Apache License 2\.0/s);
});

test('the same seed gives the same bytes, another seed other pictures', async () => {
  const [again, other] = [join(root, 'again'), join(root, 'other')];
  await drawSampleSet(again, { seed: 5, photoCount: 24 });
  await drawSampleSet(other, { seed: 6, photoCount: 24 });
  for (const name of ['img_align_celeba/000007.jpg', 'list_attr_celeba.txt', 'identity_CelebA.txt', 'README.md']) {
    assert.deepEqual(await readFile(join(again, name)), await readFile(join(folder, name)), name);
  }
  const picture = 'img_align_celeba/000007.jpg';
  assert.notDeepEqual(await readFile(join(other, picture)), await readFile(join(folder, picture)));
});

test('the pictures are those noted here, byte by byte, on every machine', async () => {
  const photos = join(folder, 'img_align_celeba');
  const hash = createHash('sha256');
  for (const name of (await readdir(photos)).sort()) hash.update(await readFile(join(photos, name)));
  assert.equal(hash.digest('hex'), '08587a9b943ccba80a9be1480db9a62940a78c3e61e32c8548a645e9b13cc45d');
});

test('the table of attributes is the one noted here', async () => {
  const hash = createHash('sha256').update(await readFile(join(folder, 'list_attr_celeba.txt')));
  assert.equal(hash.digest('hex'), '7cc3bf1d060e0d740c7b7d76b86d7e3547c80884dea9edcfcba52a3163a30f1f');
});

test('onProgress counts every picture', async () => {
  const seen: string[] = [];
  const onProgress = (done: number, total: number): void => void seen.push(`${done}/${total}`);
  await drawSampleSet(join(root, 'counted'), { photoCount: 24, onProgress });
  assert.deepEqual(
    seen,
    Array.from({ length: 24 }, (_, i) => `${i + 1}/24`),
  );
});

test('a failure while drawing leaves nothing behind', async () => {
  const parent = await mkdtemp(join(root, 'failing-'));
  const onProgress = (done: number): void => {
    if (done === 3) throw new Error('stopped at the third picture');
  };
  await assert.rejects(drawSampleSet(join(parent, 'sample'), { photoCount: 24, onProgress }), /third picture/);
  assert.deepEqual(await readdir(parent), []);
});

test('what a killed process left beside the folder is removed after an hour, what is being drawn now is not', async () => {
  const parent = await mkdtemp(join(root, 'killed-'));
  const running = '.sample.drawing-5eed9';
  await mkdir(join(parent, running));
  const killed = join(parent, '.sample.drawing-5eed8');
  await mkdir(killed);
  const longAgo = new Date(Date.now() - 2 * 3_600_000);
  await utimes(killed, longAgo, longAgo);
  await drawSampleSet(join(parent, 'sample'), { photoCount: 24 });
  assert.deepEqual((await readdir(parent)).sort(), [running, 'sample']);
});

test('a folder that holds something is refused and left alone', async () => {
  const taken = await mkdtemp(join(root, 'taken-'));
  await writeFile(join(taken, 'mine.txt'), 'mine');
  await assert.rejects(
    drawSampleSet(taken, { photoCount: 24 }),
    /found a folder that holds mine\.txt, expected no folder/,
  );
  assert.deepEqual(await readdir(taken), ['mine.txt']);
});

test('a seed or count out of range is refused by name', async () => {
  const target = join(root, 'refused');
  await assert.rejects(
    drawSampleSet(target, { photoCount: 3 }),
    /photoCount of the sample set: found 3, expected a whole/,
  );
  await assert.rejects(drawSampleSet(target, { seed: 1.5 }), /seed of the sample set: found 1\.5/);
});

test('isSampleSet knows a sample set from any other folder', async () => {
  assert.equal(await isSampleSet(folder), true);
  assert.equal(await isSampleSet(root), false);
});

test('isSampleSet takes a README that is a folder for no sample set', async () => {
  await mkdir(join(root, 'other-readme', 'README.md'), { recursive: true });
  assert.equal(await isSampleSet(join(root, 'other-readme')), false);
});

test('isSampleSet takes drawings for no photos where their README cannot be read', async (t) => {
  const answer = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
  const refused = t.mock.method(fsPromises, 'open', answer('EACCES'));
  await assert.rejects(isSampleSet(folder), /README\.md: found a file that may not be read/);
  refused.mock.mockImplementation(answer('EMFILE'));
  await assert.rejects(isSampleSet(folder), { code: 'EMFILE' });
});

test('two that draw into one folder at the same time both end well, and leave one whole set', async () => {
  const parent = await mkdtemp(join(root, 'both-'));
  const target = join(parent, 'sample');
  await Promise.all([1, 2].map(() => drawSampleSet(target, { seed: 5, photoCount: 24 })));
  assert.deepEqual(await readdir(parent), ['sample']);
  for (const name of await readdir(folder).then((names) => names.filter((one) => one !== 'img_align_celeba')))
    assert.deepEqual(await readFile(join(target, name)), await readFile(join(folder, name)), name);
});
