import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { dataset } from 'celeba-lab';
import { articleParts } from 'celeba-lab/dist/dataset/article-split';
import expected from '../fixtures/scikit-learn/splits.json';
import { rows } from './made-up-rows';

const sha256 = (numbers: number[]): string => createHash('sha256').update(numbers.join()).digest('hex');

for (const split of expected.splits) {
  const { count } = split;
  test(`articleParts divides ${count} rows as train_test_split of scikit-learn ${expected['scikit-learn']} does`, () => {
    // Rows for the test come on top of those that are divided.
    const tested = Math.min(500, Math.max(1, Math.floor(count / 4)));
    const parts = articleParts(count + tested).slice(0, count);
    const of = (part: dataset.Part): number[] => parts.flatMap((each, row) => (each === part ? [row] : []));
    assert.deepEqual([of('train').length, of('validation').length], [split.train, split.validation]);
    assert.deepEqual([sha256(of('train')), sha256(of('validation'))], [split.sha256, split.validationSha256]);
  });
}

test("articleSplit takes the article's 41,000 photos of a table of CelebA's size", () => {
  const data = rows(202_599, (i) => (i * 7919) % 12 < 5);
  const { photos } = dataset.splitDataset(data, 'article');
  const counts = dataset.countClasses({ classNames: data.classNames, photos });
  assert.deepEqual(
    counts.map(({ part, class: name, count }) => `${part} ${name} ${count}`),
    [
      'train female 16000',
      'train male 16000',
      'validation female 4000',
      'validation male 4000',
      'test female 500',
      'test male 500',
    ],
  );
  const males = data.photos.filter(({ label }) => label === 1);
  const numbersOf = (part: dataset.Part): number[] =>
    photos.filter((photo) => photo.part === part && photo.label === 1).map(({ name }) => Number(name.slice(0, 6)));
  const used = [...numbersOf('train'), ...numbersOf('validation')];
  assert.equal(Math.max(...used), Number(males[19_999].name.slice(0, 6)));
  assert.equal(Math.min(...numbersOf('test')), Number(males[males.length - 500].name.slice(0, 6)));
});

test('articleSplit of a small table tests the last fifth of each class and trains on four fifths of the rest', () => {
  const { photos } = dataset.splitDataset(
    rows(100, (i) => i % 2 === 0),
    'article',
  );
  const test = photos.filter(({ part }) => part === 'test').map(({ name }) => Number(name.slice(0, 6)));
  assert.deepEqual(test, [81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100]);
  assert.equal(photos.filter(({ part }) => part === 'validation').length, 16);
  assert.equal(photos.filter(({ part }) => part === 'train').length, 64);
});

test('articleSplit moves no photo to another part where files of other rows are missing', () => {
  const whole = rows(60, (i) => i % 3 === 0);
  const torn = {
    ...whole,
    photos: whole.photos.filter((_, i) => i % 5 !== 0),
    missing: whole.photos.filter((_, i) => i % 5 === 0),
  };
  const partOf = new Map(dataset.splitDataset(whole, 'article').photos.map(({ name, part }) => [name, part]));
  const { photos, missing } = dataset.splitDataset(torn, 'article');
  assert.equal(photos.length + missing.length, partOf.size);
  assert.ok([...photos, ...missing].every(({ name, part }) => partOf.get(name) === part));
});

test('articleSplit refuses a class of two photos', () => {
  assert.throws(
    () =>
      dataset.splitDataset(
        rows(20, (i) => i < 2),
        'article',
      ),
    /ATTRIBUTE=Male: found 2 photos of class male, expected at least 3 of each class.* Set another ATTRIBUTE, leave SPLIT/,
  );
});
