import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { files, InputError, model, tf } from 'celeba-lab';
import { brightnessModel, TINY_DESCRIPTION } from './brightness-model';
import { wideModel } from './save-here';

const { amendClassifier, loadClassifier, saveClassifier } = model;

let outputs: string;
let folder: string;

beforeEach(async () => {
  outputs = await mkdtemp(join(tmpdir(), 'classifier-'));
  folder = join(outputs, 'model');
});

afterEach(() => rm(outputs, { recursive: true }));

/** Built like the article's: a functional network with a frozen layer, then a head with batch normalization. */
function nestedModel(): tf.Sequential {
  const input = tf.input({ shape: [24, 32, 3] });
  const seed = (value: number) => tf.initializers.glorotUniform({ seed: value });
  const frozen = tf.layers.conv2d({
    filters: 4,
    kernelSize: 3,
    name: 'conv1',
    trainable: false,
    kernelInitializer: seed(1),
  });
  const free = tf.layers.conv2d({ filters: 6, kernelSize: 3, name: 'conv2', kernelInitializer: seed(2) });
  const pooled = tf.layers.globalAveragePooling2d({}).apply(free.apply(frozen.apply(input))) as tf.SymbolicTensor;
  const base = tf.model({ inputs: input, outputs: pooled, name: 'base' });
  const network = tf.sequential({ layers: [base] });
  network.add(tf.layers.dense({ units: 8, activation: 'relu', kernelInitializer: seed(3) }));
  network.add(tf.layers.batchNormalization({ momentum: 0.9 }));
  network.add(tf.layers.dense({ units: 2, activation: 'sigmoid', kernelInitializer: seed(4) }));
  return network;
}

function somePhotos(): tf.Tensor4D {
  return tf.randomNormal([5, 24, 32, 3], 0, 50, 'float32', 7);
}

function outputsOf(network: tf.LayersModel): Float32Array {
  return tf.tidy(() => (network.predict(somePhotos()) as tf.Tensor).dataSync()) as Float32Array;
}

/** Trains a step, so that batch normalization's averages are no longer those it began with. */
async function trainOneStep(network: tf.Sequential): Promise<void> {
  network.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' });
  const [xs, ys] = [somePhotos(), tf.oneHot([0, 1, 1, 0, 1], 2).toFloat()];
  await network.fit(xs, ys, { epochs: 1, verbose: 0 });
  tf.dispose([xs, ys]);
}

function saveBrightness(): Promise<void> {
  const tiny = brightnessModel();
  return saveClassifier(folder, tiny, TINY_DESCRIPTION).finally(() => tiny.dispose());
}

test('loadClassifier predicts bit for bit what the saved nested model with batch normalization predicted', async () => {
  const network = nestedModel();
  await trainOneStep(network);
  await saveClassifier(folder, network, TINY_DESCRIPTION);
  const loaded = await loadClassifier(folder);
  assert.deepEqual(outputsOf(loaded.model), outputsOf(network));
});

test('loadClassifier returns class names, format and origin as they were saved', async () => {
  await saveBrightness();
  const { model: loadedModel, ...description } = await loadClassifier(folder);
  assert.deepEqual(description, TINY_DESCRIPTION);
  loadedModel.dispose();
});

test('loadClassifier returns recipe, split and the answers of mirror images where they were saved', async () => {
  const tiny = brightnessModel();
  const given = { recipe: 'improved', testTimeFlip: true, split: 'random', splitDigest: 'fc09' };
  await saveClassifier(folder, tiny, { ...TINY_DESCRIPTION, ...given });
  const { model: loadedModel, ...description } = await loadClassifier(folder);
  assert.deepEqual(description, { ...TINY_DESCRIPTION, ...given });
  loadedModel.dispose();
});

test('saveClassifier replaces an older model and leaves nothing else beside it', async () => {
  await saveClassifier(folder, nestedModel(), TINY_DESCRIPTION);
  await saveBrightness();
  assert.deepEqual(await readdir(outputs), ['model']);
  assert.deepEqual((await readdir(folder)).sort(), ['best_model.h5', 'classifier.json', 'model.json', 'weights.bin']);
  assert.equal((await loadClassifier(folder)).model.layers.length, 2);
});

test('saveClassifier that fails midway leaves the older model as it was', async () => {
  await saveBrightness();
  const disposed = brightnessModel();
  disposed.dispose();
  await assert.rejects(saveClassifier(folder, disposed, TINY_DESCRIPTION), /disposed/);
  assert.deepEqual(await readdir(outputs), ['model']);
  await loadClassifier(folder);
});

test('a model set aside by a run that crashed between two renames is loaded, and the next save goes on from it', async () => {
  await saveBrightness();
  await rename(folder, join(outputs, '.model.old'));
  assert.deepEqual((await loadClassifier(folder)).classNames, ['dark', 'bright']);
  await saveBrightness();
  assert.deepEqual(await readdir(outputs), ['model']);
});

test('loadClassifier says how to get a model where there is none', async () => {
  await assert.rejects(loadClassifier(folder), (error) => {
    assert.ok(error instanceof InputError);
    assert.match(
      error.message,
      /model: found no trained model, expected model\.json, .*\. Run npm start, or notebook 3, to train one\.$/,
    );
    return true;
  });
});

test('a classifier.json that is there and cannot be read is no missing model, nor is the one set aside taken for it', async () => {
  await saveBrightness();
  await rename(folder, join(outputs, '.model.old'));
  await mkdir(join(folder, 'classifier.json'), { recursive: true });
  await assert.rejects(loadClassifier(folder), { code: 'EISDIR' });
});

test('loadClassifier names the file of a model that is missing, cut short or changed', async () => {
  await saveBrightness();
  const weights = join(folder, 'weights.bin');
  const bytes = await readFile(weights);
  await writeFile(
    weights,
    bytes.map((byte, i) => (i === 3 ? byte ^ 1 : byte)),
  );
  await assert.rejects(loadClassifier(folder), /model\/weights\.bin: found SHA-256 \w{12}\.\.\., expected/);
  await truncate(weights, 10);
  await assert.rejects(loadClassifier(folder), /model\/weights\.bin: found 10 bytes, expected 32 bytes/);
  await rm(join(folder, 'model.json'));
  await assert.rejects(loadClassifier(folder), /model\/model\.json: found no such file/);
});

test('loadClassifier of a weights.bin that is there and cannot be read does not call it damaged', async () => {
  await saveBrightness();
  await rm(join(folder, 'weights.bin'));
  await mkdir(join(folder, 'weights.bin'));
  await assert.rejects(loadClassifier(folder), { code: 'EISDIR' });
});

test('loadClassifier names a classifier.json that is no JSON, lacks a part or is of a later version', async () => {
  await saveBrightness();
  const file = join(folder, 'classifier.json');
  const whole = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  const contents = ['{"classNames": [', 'null', JSON.stringify({ ...whole, format: { height: 24 } })];
  for (const content of contents) {
    await writeFile(file, content);
    await assert.rejects(loadClassifier(folder), /model\/classifier\.json: found something else/, content);
  }
  await writeFile(file, JSON.stringify({ ...whole, formatVersion: 2 }));
  await assert.rejects(loadClassifier(folder), /model\/classifier\.json: found format version 2, expected version 1/);
});

test('amendClassifier adds a calibration to a saved model and leaves the rest as it was', async () => {
  await saveBrightness();
  const calibration = { temperature: 1.5, threshold: 0.8, errorRate: 0.01, photoCount: 200, unanswered: 0.05 };
  await amendClassifier(folder, { calibration });
  assert.deepEqual(await describe(), { ...TINY_DESCRIPTION, calibration });
});

test('amendClassifier adds a second opinion, which stays with the model when it is saved again, and takes it away', async () => {
  await saveBrightness();
  const calibration = { temperature: 1.5, threshold: 0.8, errorRate: 0.01, photoCount: 200, unanswered: 0.05 };
  const secondOpinion = { weights: [[0.25, -0.25]], biases: [1, -1], share: 4, calibration };
  await amendClassifier(folder, { secondOpinion });
  const loaded = await loadClassifier(folder);
  await saveClassifier(folder, loaded.model, loaded);
  loaded.model.dispose();
  assert.deepEqual((await describe()).secondOpinion, secondOpinion);
  await amendClassifier(folder, { secondOpinion: undefined });
  assert.deepEqual(await describe(), TINY_DESCRIPTION);
});

async function describe(): Promise<model.ClassifierDescription> {
  const { model: loaded, ...description } = await loadClassifier(folder);
  loaded.dispose();
  return description;
}

test('amendClassifier amends a model set aside by a run that crashed between two renames, where it lies', async () => {
  await saveBrightness();
  await rename(folder, join(outputs, '.model.old'));
  const calibration = { temperature: 2, threshold: 0.7, errorRate: 0.01, photoCount: 100, unanswered: 0.1 };
  await amendClassifier(folder, { calibration });
  assert.deepEqual(await readdir(outputs), ['.model.old']);
  const loaded = await loadClassifier(folder);
  loaded.model.dispose();
  assert.deepEqual(loaded.calibration, calibration);
});

test('amendClassifier refuses a model that has taken the place of the one that was loaded, and leaves it as it is', async () => {
  await saveBrightness();
  (await loadClassifier(folder)).model.dispose();
  // As another kernel leaves it.
  await saveClassifier(join(outputs, 'other'), wideModel(), TINY_DESCRIPTION);
  await rm(folder, { recursive: true });
  await rename(join(outputs, 'other'), folder);
  const before = await model.fingerprintOfClassifier(folder);
  const calibration = { temperature: 1.5, threshold: 0.8, errorRate: 0.01, photoCount: 200, unanswered: 0.05 };
  const words = /model: found other weights than were loaded from there \(\w{12}\.\.\. instead of \w{12}\.\.\.\)/;
  await assert.rejects(amendClassifier(folder, { calibration }), words);
  assert.equal(await model.fingerprintOfClassifier(folder), before);
  (await loadClassifier(folder)).model.dispose();
  await amendClassifier(folder, { calibration });
  // What this process saves there itself, it may amend.
  await saveBrightness();
  await amendClassifier(folder, { calibration });
});

test('the fingerprint of a classifier is the SHA-256 of its classifier.json, also where a crashed run set it aside', async () => {
  await assert.rejects(model.fingerprintOfClassifier(folder), /found no trained model/);
  await saveBrightness();
  const expected = await files.sha256OfFile(join(folder, 'classifier.json'));
  assert.equal(await model.fingerprintOfClassifier(folder), expected);
  await rename(folder, join(outputs, '.model.old'));
  assert.equal(await model.fingerprintOfClassifier(folder), expected);
});

test('amendClassifier refuses a folder without a model', async () => {
  await assert.rejects(amendClassifier(folder, {}), /no trained model/);
});
