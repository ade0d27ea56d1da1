import assert from 'node:assert/strict';
import fsPromises, { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { InputError } from 'celeba-lab';
import { model } from 'celeba-lab';
import { brightnessModel, TINY_DESCRIPTION } from './brightness-model';

const {
  amendClassifier,
  checkFirstClassifier,
  keepClassifier,
  loadClassifier,
  loadFirstClassifier,
  loadImprovedClassifier,
  saveClassifier,
} = model;

const CALIBRATION = { temperature: 1, threshold: 0.75, errorRate: 0.01, photoCount: 100, unanswered: 0 };

let outputs: string;
const inModel = (): Promise<model.SavedClassifier> => loadClassifier(join(outputs, 'model'));

beforeEach(async () => {
  outputs = await mkdtemp(join(tmpdir(), 'kept-'));
  await saveClassifier(join(outputs, 'model'), brightnessModel(), { ...TINY_DESCRIPTION, recipe: 'scaled' });
});

afterEach(() => rm(outputs, { recursive: true }));

function improvedModel(): model.SavedClassifier {
  return { ...TINY_DESCRIPTION, model: brightnessModel(), recipe: 'improved', testTimeFlip: true };
}

test('keepClassifier puts the improved model into the place of the first, which is still found', async () => {
  await keepClassifier(outputs, await loadFirstClassifier(outputs), improvedModel());
  assert.equal((await inModel()).recipe, 'improved');
  assert.equal((await loadFirstClassifier(outputs)).recipe, 'scaled');
});

test('keepClassifier without an improved model brings the first one back', async () => {
  await keepClassifier(outputs, await loadFirstClassifier(outputs), improvedModel());
  await keepClassifier(outputs, await loadFirstClassifier(outputs));
  assert.equal((await inModel()).recipe, 'scaled');
  assert.equal((await loadFirstClassifier(outputs)).recipe, 'scaled');
});

test('keepClassifier without an improved model leaves one model where there was one', async () => {
  await keepClassifier(outputs, await loadFirstClassifier(outputs));
  assert.deepEqual(await readdir(outputs), ['model']);
});

test('loadFirstClassifier names first-model where the improved model stands and the first is gone', async () => {
  await keepClassifier(outputs, await loadFirstClassifier(outputs), improvedModel());
  await rm(join(outputs, 'first-model'), { recursive: true });
  await assert.rejects(loadFirstClassifier(outputs), (error: InputError) => error.message.includes('first-model'));
});

test('keepClassifier that cannot keep the first model leaves it where it is', async (t) => {
  const first = await loadFirstClassifier(outputs);
  const { rename } = fsPromises;
  t.mock.method(fsPromises, 'rename', async (from: string, to: string) => {
    if (to === join(outputs, 'first-model')) throw new Error('no room for it');
    await rename(from, to);
  });
  await assert.rejects(keepClassifier(outputs, first, improvedModel()), /no room for it/);
  assert.equal((await inModel()).recipe, 'scaled');
  assert.deepEqual(await readdir(outputs), ['model']);
});

test("forgetImproved takes away an older training's model, also one set aside, and leaves the one in use", async () => {
  for (const place of ['model', '.model.old']) {
    await saveClassifier(join(outputs, 'improved', place), brightnessModel(), TINY_DESCRIPTION);
  }
  await model.forgetImproved(outputs);
  assert.deepEqual(await readdir(join(outputs, 'improved')), []);
  assert.equal((await inModel()).recipe, 'scaled');
  await model.forgetImproved(outputs);
});

test("loadImprovedClassifier takes notebook 6's model, also one set aside, and says what to do where no epoch has ended", async () => {
  await assert.rejects(
    loadImprovedClassifier(outputs),
    /improved\/model: found no model, expected .* notebook 6 .*\. Run the cell that trains again, and let it finish an epoch\.$/,
  );
  for (const place of ['.model.old', 'model']) {
    const saved = { ...TINY_DESCRIPTION, recipe: 'improved' };
    await saveClassifier(join(outputs, 'improved', place), brightnessModel(), saved);
    assert.equal((await loadImprovedClassifier(outputs)).recipe, 'improved');
  }
});

test("checkFirstClassifier passes notebook 3's model once it is calibrated, wherever it is kept", async () => {
  await assert.rejects(checkFirstClassifier(outputs, TINY_DESCRIPTION.head), /Run notebook 4, which measures them/);
  await amendClassifier(join(outputs, 'model'), { calibration: CALIBRATION });
  await checkFirstClassifier(outputs, TINY_DESCRIPTION.head);
  await keepClassifier(outputs, await loadFirstClassifier(outputs), improvedModel());
  await checkFirstClassifier(outputs, TINY_DESCRIPTION.head);
});

test('checkFirstClassifier refuses a model with another head, naming both', async () => {
  await amendClassifier(join(outputs, 'model'), { calibration: CALIBRATION });
  const other = TINY_DESCRIPTION.head === 'softmax' ? 'sigmoid' : 'softmax';
  await assert.rejects(checkFirstClassifier(outputs, other), (error: InputError) => {
    assert.equal(error.found, `a model with a ${TINY_DESCRIPTION.head} head`);
    return error.expected.includes(`a ${other} head`);
  });
});
