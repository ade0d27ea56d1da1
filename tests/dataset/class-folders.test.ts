import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { dataset, InputError } from 'celeba-lab';
import { temporaryFolder, writeFiles } from './write-celeba';

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${i}.jpg`);
}

function writeClasses(t: TestContext, classes: Record<string, string[]>): string {
  const folder = temporaryFolder(t);
  for (const [name, files] of Object.entries(classes)) writeFiles(join(folder, name), files);
  return folder;
}

async function refusal(folder: string): Promise<string> {
  const error: unknown = await dataset.openDataset(folder).catch((reason: unknown) => reason);
  assert.ok(error instanceof InputError, String(error));
  return error.message;
}

function partSizes(data: dataset.Dataset, label: number): number[] {
  const ofClass = data.photos.filter((photo) => photo.label === label);
  return dataset.PARTS.map((part) => ofClass.filter((photo) => photo.part === part).length);
}

test('classes and files are sorted by code units, as Keras sorts them', async (t) => {
  const folder = writeClasses(t, { dog: numbered(3), Zebra: numbered(3), cat: ['b.jpg', 'a.JPG', 'B.png'] });
  const data = await dataset.openDataset(folder);
  assert.deepEqual(data.classNames, ['Zebra', 'cat', 'dog']);
  const cats = data.photos.filter(({ label }) => label === 1);
  assert.deepEqual(
    cats.map(({ name }) => name),
    ['cat/B.png', 'cat/a.JPG', 'cat/b.jpg'],
  );
});

test('each class is split 64 : 16 : 20 into train, validation and test', async (t) => {
  const data = await dataset.openDataset(writeClasses(t, { cat: numbered(100), dog: numbered(50) }));
  assert.deepEqual(partSizes(data, 0), [64, 16, 20]);
  assert.deepEqual(partSizes(data, 1), [32, 8, 10]);
});

test('three photos of a class give one to each part', async (t) => {
  const data = await dataset.openDataset(writeClasses(t, { cat: numbered(3), dog: numbered(4) }));
  assert.deepEqual(partSizes(data, 0), [1, 1, 1]);
  assert.deepEqual(partSizes(data, 1), [2, 1, 1]);
});

// Drawn once, so that another machine's answer is compared with this one's.
const TEST_PART_OF_SEED_1 = ['cat/2.jpg', 'cat/3.jpg', 'dog/4.jpg', 'dog/5.jpg'];

test('the split of a seed is fixed, wherever the folder lies', async (t) => {
  const classes = { cat: numbered(10), dog: numbered(10) };
  const testNames = async (seed: number): Promise<string[]> => {
    const data = await dataset.openDataset(writeClasses(t, classes), { seed });
    return data.photos.filter(({ part }) => part === 'test').map(({ name }) => name);
  };
  assert.deepEqual(await testNames(1), TEST_PART_OF_SEED_1);
  assert.notDeepEqual(await testNames(2), TEST_PART_OF_SEED_1);
});

test('one photo more moves at most one photo between two parts', async (t) => {
  const open = async (count: number): Promise<dataset.Photo[]> =>
    (await dataset.openDataset(writeClasses(t, { cat: numbered(count), dog: numbered(3) }))).photos;
  const before = new Map((await open(100)).map(({ name, part }) => [name, part]));
  const moved = (await open(101)).filter(({ name, part }) => before.has(name) && before.get(name) !== part);
  assert.ok(moved.length <= 2, `${moved.length} moved`);
});

test('folders inside a class belong to it; hidden files, other files and __MACOSX do not', async (t) => {
  const folder = writeClasses(t, {
    cat: ['1.jpg', '.2.jpg', 'notes.txt', 'Thumbs.db'],
    'cat/old/rome': ['3.webp', '4.tif'],
    dog: numbered(3),
    '.cache': numbered(3),
    __MACOSX: numbered(3),
  });
  const data = await dataset.openDataset(folder);
  assert.deepEqual(data.classNames, ['cat', 'dog']);
  assert.deepEqual(
    data.photos.slice(0, 3).map(({ name }) => name),
    ['cat/1.jpg', 'cat/old/rome/3.webp', 'cat/old/rome/4.tif'],
  );
});

test('pictures that cannot be decoded here, such as BMP and HEIC, are listed, to be rejected by name', async (t) => {
  const data = await dataset.openDataset(writeClasses(t, { cat: ['a.bmp', 'b.heic', 'c.jpg'], dog: numbered(3) }));
  assert.equal(data.photos.length, 6);
});

test('a class may be a link to a folder, and a link back into it does not trap the search', async (t) => {
  const folder = writeClasses(t, { cat: numbered(3) });
  const elsewhere = writeClasses(t, { puppies: numbered(3) });
  symlinkSync(join(elsewhere, 'puppies'), join(folder, 'dog'));
  symlinkSync(join(folder, 'cat'), join(folder, 'cat', 'again'));
  const data = await dataset.openDataset(folder);
  assert.deepEqual(data.classNames, ['cat', 'dog']);
  assert.equal(data.photos.length, 6);
});

test('one class only is refused', async (t) => {
  const message = await refusal(writeClasses(t, { cat: numbered(5) }));
  assert.match(
    message,
    /found one class only \(cat\), expected CelebA's tables, or a subfolder for each of two or more/,
  );
});

test('a class with fewer photos than parts is refused by name', async (t) => {
  const message = await refusal(writeClasses(t, { cat: numbered(5), dog: numbered(2) }));
  assert.match(message, /dog: found 2 photos, expected at least 3, one each to train, validate and test/);
});

test('a class without photos is refused by name', async (t) => {
  assert.match(await refusal(writeClasses(t, { cat: numbered(5), dog: ['notes.txt'] })), /dog: found no photos/);
});

test('folders named as parts that hold photos straight are refused instead of being learned as classes', async (t) => {
  const message = await refusal(writeClasses(t, { train: numbered(3), test: numbered(3) }));
  assert.match(message, /found folders named as parts \(test, train\) without a folder for each class in them/);
});

test('parts under a name that is not known, or below the classes, are refused instead of being mixed', async (t) => {
  const both = { cats: numbered(5), dogs: numbered(5) };
  const nested = (outer: string[], inner: Record<string, string[]>): Record<string, string[]> =>
    Object.fromEntries(
      outer.flatMap((name) => Object.entries(inner).map(([below, files]) => [`${name}/${below}`, files])),
    );
  const unknown = await refusal(writeClasses(t, nested(['train', 'evaluation'], both)));
  assert.match(unknown, /found folders evaluation, train, each with the folders cats, dogs, .* Rename these folders/);
  const below = await refusal(
    writeClasses(t, nested(['cats', 'dogs'], { train: numbered(6), valid: numbered(3), test: numbered(3) })),
  );
  assert.match(below, /found folders cats, dogs, each with the folders test, train, valid, .* train\/CLASS/);
  const sorted = await dataset.openDataset(
    writeClasses(t, nested(['cats', 'dogs'], { big: numbered(3), small: numbered(3) })),
  );
  assert.deepEqual(sorted.classNames, ['cats', 'dogs']);
});

test('one part with classes in it, beside the classes of another, is refused instead of being learned as a class', async (t) => {
  const classes = { cat: numbered(3), dog: numbered(3) };
  const folder = writeClasses(t, { ...classes, 'test/cat': numbered(3), 'test/dog': numbered(3) });
  assert.match(
    await refusal(folder),
    /found a folder test, with classes in it, beside the classes cat, dog, expected /,
  );
  const { classNames } = await dataset.openDataset(writeClasses(t, { ...classes, 'test/a': numbered(3) }));
  assert.deepEqual(classNames, ['cat', 'dog', 'test']);
});

test('a part folder with photos of one class only is refused, but for a class that other parts show beside two', async (t) => {
  const three = { a: numbered(2), b: numbered(2), c: numbered(2) };
  const write = (valid: Record<string, string[]>): string => {
    const folder = temporaryFolder(t);
    for (const [part, classes] of Object.entries({ train: three, valid, test: three }))
      for (const [name, files] of Object.entries(classes)) writeFiles(join(folder, part, name), files);
    return folder;
  };
  const message = await refusal(write({ a: numbered(4), b: [] }));
  assert.match(message, /valid: found photos of one class only \(a\), expected photos of two or more classes/);
  const lacking = await dataset.openDataset(write({ a: numbered(2), b: numbered(2) }));
  assert.equal(lacking.photos.length, 16);
});

test('hidden folders are counted among what is left out, also where one is meant as a class', async (t) => {
  const data = await dataset.openDataset(
    writeClasses(t, { '.net': numbered(4), java: numbered(4), rust: numbered(4) }),
  );
  assert.deepEqual(data.classNames, ['java', 'rust']);
  assert.deepEqual(data.leftOut, [{ reason: 'hidden folder', count: 1, examples: ['.net'] }]);
});

test('the share of a part that is no whole number of photos is rounded to the nearest', async (t) => {
  const data = await dataset.openDataset(writeClasses(t, { cat: numbered(13), dog: numbered(10) }));
  assert.deepEqual(partSizes(data, 0), [8, 2, 3]);
  assert.deepEqual(partSizes(data, 1), [6, 2, 2]);
});
