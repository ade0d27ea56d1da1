import assert from 'node:assert/strict';
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

test('readSettings resolves a relative DATASET against the project folder', () => {
  assert.equal(project.readSettings({ DATASET: 'data/faces' }).dataset, project.projectPath('data', 'faces'));
});

for (const [name, value, expected] of [
  ['EPOCHS', '0', 'a whole number above 0'],
  ['BATCH', 'twelve', 'a whole number above 0'],
  ['RECIPE', 'keras', 'scaled or article'],
  ['HEAD', 'relu', 'sigmoid or softmax'],
]) {
  test(`readSettings refuses ${name}=${value}, naming the variable, the value and what it may be`, () => {
    assert.throws(
      () => project.readSettings({ [name]: value }),
      (error: InputError) => error.where === name && error.found === `"${value}"` && error.expected === expected,
    );
  });
}
