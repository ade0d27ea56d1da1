import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { InputError } from 'celeba-lab';
import { project } from 'celeba-lab';

test('readSettings without variables gives the article its settings', () => {
  const { batchSize, epochs, train, validation, test: testPhotos, head, attribute } = project.readSettings({});
  assert.deepEqual([batchSize, epochs, train, validation, testPhotos], [12, 20, 32000, 8000, 1000]);
  assert.deepEqual([head, attribute], ['sigmoid', 'Male']);
});

test('readSettings takes an empty variable for one that is not set', () => {
  assert.deepEqual(project.readSettings({ DATASET: '', EPOCHS: '' }), project.readSettings({}));
});

test('readSettings resolves a relative DATASET against the project folder where npm tells nothing', () => {
  assert.equal(project.readSettings({ DATASET: 'data/faces' }).dataset, project.projectPath('data', 'faces'));
});

test('readSettings resolves relative folders from where npm was called', () => {
  const { dataset, outputs } = project.readSettings({ DATASET: 'faces', OUTPUTS: '../out', INIT_CWD: '/home/me' });
  assert.deepEqual([dataset, outputs], ['/home/me/faces', '/home/out']);
});

test('readSettings refuses a PHOTOS folder that does not exist, while data/own may be missing', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  assert.equal(project.readSettings({ PHOTOS: folder }).ownPhotos, folder);
  assert.throws(() => project.readSettings({ PHOTOS: join(folder, 'nope') }), {
    message: `PHOTOS: found no folder ${folder}/nope, expected a folder with photos of your own. Check the path, or leave PHOTOS out and put photos into data/own.`,
  });
  assert.equal(project.readSettings({}).ownPhotos, project.projectPath('data', 'own'));
});

test('readSettings tells which sizes were asked for', () => {
  assert.deepEqual(project.readSettings({ TEST: '100', TRAIN: '' }).asked, ['test']);
});

for (const [name, value, expected] of [
  ['EPOCHS', '0', 'a whole number above 0'],
  ['BATCH', 'twelve', 'a whole number above 1'],
  ['BATCH', '1', 'a whole number above 1'],
  ['RECIPE', 'keras', 'scaled or article'],
  ['SHAPE', '218x178', 'article or true'],
  ['SPLIT', 'mine', 'official or article or random'],
  ['HEAD', 'relu', 'sigmoid or softmax'],
]) {
  test(`readSettings refuses ${name}=${value}, naming the variable, the value and what it may be`, () => {
    assert.throws(
      () => project.readSettings({ [name]: value }),
      (error: InputError) => error.where === name && error.found === `"${value}"` && error.expected === expected,
    );
  });
}

test('readSettings without variables continues a training, on stored features, scaled, in the own split of the data', () => {
  const { resume, frozen, precision, recipe, shape, split, seed, dataset, asked } = project.readSettings({});
  assert.deepEqual(
    { resume, frozen, precision, recipe, shape, split, seed, dataset, asked },
    {
      resume: true,
      frozen: 'features',
      precision: 'float32',
      recipe: 'scaled',
      shape: 'article',
      split: 'official',
      seed: 1,
      dataset: undefined,
      asked: [],
    },
  );
});
