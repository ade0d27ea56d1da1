import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataset } from 'celeba-lab';
import { rows } from './made-up-rows';
import { ATTRIBUTES, writeCeleba } from './write-celeba';

/** Of each ten rows the ninth is for validation and the tenth for the test: the first ones of a hundred are `male`. */
const firstOf100 = (count: number): dataset.Dataset => rows(100, (i) => i < count);

test('splitDataset refuses an attribute that a part has photos of one class of, with class, part and counts', () => {
  assert.throws(() => dataset.splitDataset(firstOf100(2), 'official'), {
    name: 'InputError',
    message:
      'ATTRIBUTE=Male: found 0 of 10 validation photos labelled male, 0 of 10 test photos labelled male (split: official), ' +
      'expected photos of both classes in each part, to learn them and to judge what was learned. ' +
      'Set another ATTRIBUTE, or add photos.',
  });
  assert.throws(() => dataset.splitDataset(firstOf100(9), 'official'), /found 0 of 10 test photos labelled male/);
  assert.throws(() => dataset.splitDataset(firstOf100(2), 'random'), /\(split: random\)/);
  assert.ok(dataset.splitDataset(firstOf100(10), 'official'));
});

test("SPLIT=article is offered where it helps, and helps: it gives each part photos of each class's rows", () => {
  assert.throws(() => dataset.splitDataset(firstOf100(8), 'official'), /Set another ATTRIBUTE or SPLIT=article, or/);
  const counts = dataset.countClasses(dataset.splitDataset(firstOf100(8), 'article')).map(({ count }) => count);
  assert.ok(
    counts.every((count) => count > 0),
    counts.join(),
  );
});

test('SPLIT=article is not offered where the files that are there leave it a part without a class', () => {
  const data = firstOf100(8);
  // The article tests with the last fifth of a class: here with the eighth of eight rows.
  const missing = data.photos.slice(7, 8);
  const torn = { ...data, photos: data.photos.filter((photo) => !missing.includes(photo)), missing };
  assert.throws(() => dataset.splitDataset(torn, 'official'), /Set another ATTRIBUTE, or add photos\.$/);
  assert.throws(() => dataset.splitDataset(torn, 'article'), /0 of 18 test photos labelled male \(split: article\)/);
});

test('an attribute that no training photo has is refused when the table is read, whatever the split', async (t) => {
  // The first two rows are for training.
  const attributes = ATTRIBUTES.replace('000002.jpg  1', '000002.jpg -1');
  await assert.rejects(dataset.openDataset(writeCeleba(t, { attributes })), {
    message:
      'ATTRIBUTE=Male: found 0 of 2 train photos labelled male (split: official), expected photos of both classes in each ' +
      'part, to learn them and to judge what was learned. Set another ATTRIBUTE, or add photos.',
  });
});

test('openDataset refuses such an attribute where it is told the split, and opens it to be looked at', async (t) => {
  // The last two rows are for the test.
  const folder = writeCeleba(t, { attributes: ATTRIBUTES.replace('000006.jpg  1', '000006.jpg -1') });
  await assert.rejects(dataset.openDataset(folder, { split: 'official' }), /0 of 2 test photos labelled male/);
  assert.equal((await dataset.openDataset(folder)).photos.length, 6);
});

test('folders that somebody sorted into parts may lack a class in validation or test', () => {
  const folders: dataset.Dataset = { ...firstOf100(2), kind: 'class-folders', attribute: 'class' };
  assert.equal(dataset.splitDataset(folders, 'official'), folders);
});

test('each attribute of the sample set has both classes in each part, or is refused with its name', async () => {
  const { table } = await dataset.openDataset(undefined);
  const refused: string[] = [];
  for (const attribute of table?.attributes ?? []) {
    const opened = await dataset
      .openDataset(undefined, { attribute, split: 'official' })
      .catch((error: Error) => error);
    if (opened instanceof Error) {
      assert.ok(opened.message.startsWith(`ATTRIBUTE=${attribute}: found `), opened.message);
      if (opened.message.includes('found 0 of')) refused.push(attribute);
    } else assert.ok(dataset.countClasses(opened).every(({ count }) => count > 0));
  }
  assert.deepEqual(refused, ['Receding_Hairline', 'Rosy_Cheeks', 'Sideburns', 'Wearing_Hat']);
});

test('splits that lack a class are still compared with one that has both', () => {
  const data = rows(
    100,
    (i) => i < 8,
    (i) => i,
  );
  assert.deepEqual(dataset.availableSplits(data), ['official', 'article', 'random']);
  assert.deepEqual(dataset.availableSplits(firstOf100(2)), ['official', 'random']);
  assert.deepEqual(
    dataset.leakBySplit(data, {}).map(({ split }) => split),
    ['official', 'article', 'random'],
  );
});
