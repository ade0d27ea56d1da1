import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { evaluation, tf, type dataset } from 'celeba-lab';
import { makePhotos, SMALL_FORMAT } from '../features/small-photos';

const { predictAllFiles, predictStored } = evaluation;

let folder: string;
let photos: dataset.Photo[];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stored-predictions-'));
  photos = await makePhotos(join(folder, 'photos'), 7);
});

after(() => rm(folder, { recursive: true }));

/** A frozen convolution, one that learns, and a head whose weights come from the seed. */
function network(headSeed: number, frozen = true): tf.Sequential {
  const activation = 'relu';
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 3 });
  const base = tf.sequential({
    layers: [
      tf.layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 6, 3], activation, kernelInitializer }),
      tf.layers.conv2d({ filters: 2, kernelSize: 3, activation, kernelInitializer }),
      tf.layers.globalAveragePooling2d({}),
    ],
  });
  base.layers[0].trainable = !frozen;
  const head = tf.initializers.randomUniform({ seed: headSeed, minval: -0.05, maxval: 0.05 });
  return tf.sequential({
    layers: [base, tf.layers.dense({ units: 2, activation: 'sigmoid', kernelInitializer: head })],
  });
}

/** Holds stored predictions against those of the whole network, photo by photo. */
async function assertAlike(classifier: evaluation.Classifier, stored: evaluation.LabelledPrediction[]): Promise<void> {
  const rows = await predictAllFiles(
    classifier,
    photos.map(({ file }) => file),
  );
  const wanted = photos.map(({ name, label }, i) => ({ ...(rows[i] as evaluation.Prediction), name, label }));
  assert.deepEqual(
    stored.map(({ file, name, label, predicted }) => [file, name, label, predicted]),
    wanted.map(({ file, name, label, predicted }) => [file, name, label, predicted]),
  );
  stored.forEach(({ probabilities }, i) =>
    probabilities.forEach((value, k) => assert.ok(Math.abs(value - wanted[i].probabilities[k]) < 1e-5)),
  );
}

for (const testTimeFlip of [false, true]) {
  test(`predictStored says what predictAllFiles says, testTimeFlip ${testTimeFlip}`, async () => {
    const classifier = { model: network(1), format: SMALL_FORMAT, testTimeFlip };
    const stored = await predictStored(classifier, photos, join(folder, 'features'), { batchSize: 3 });
    await assertAlike(classifier, stored);
  });
}

test('two models with the same frozen layers share the stored features, and answer each for itself', async () => {
  const features = join(folder, 'shared');
  const [first, second] = [1, 2].map((seed) => ({ model: network(seed), format: SMALL_FORMAT }));
  await predictStored(first, photos, features);
  const [store] = await readdir(features);
  const blocks = await readdir(join(features, store));
  await assertAlike(second, await predictStored(second, photos, features));
  assert.deepEqual(await readdir(features), [store]);
  assert.deepEqual(await readdir(join(features, store)), blocks);
});

test('predictStored keeps bfloat16 features in a store of their own', async () => {
  const features = join(folder, 'precisions');
  for (const precision of ['float32', 'bfloat16'] as const)
    await predictStored({ model: network(1), format: SMALL_FORMAT }, photos, features, { precision });
  assert.equal((await readdir(features)).length, 2);
});

test('predictStored names a photo that is damaged', async () => {
  const file = join(folder, 'damaged.jpg');
  await writeFile(file, 'no picture');
  const damaged = { file, name: 'damaged.jpg', label: 0, part: 'test' as const };
  const classifier = { model: network(1), format: SMALL_FORMAT };
  await assert.rejects(predictStored(classifier, [damaged], join(folder, 'shared')), /damaged\.jpg: found text/);
});

test('predictStored refuses a model without frozen layers', async () => {
  const classifier = { model: network(1, false), format: SMALL_FORMAT };
  await assert.rejects(predictStored(classifier, photos, join(folder, 'none')), /no frozen layer/);
});

test('predictStored leaves no tensor behind, whether it computes features or finds them', async () => {
  const classifier = { model: network(1), format: SMALL_FORMAT };
  await predictStored(classifier, photos, join(folder, 'flat'));
  const before = tf.memory().numTensors;
  for (const name of ['flat', 'flat-again']) await predictStored(classifier, photos, join(folder, name));
  assert.equal(tf.memory().numTensors, before);
});

test('predictStored leaves the model usable and, in the end, to be freed whole by its caller, also after a damaged photo', async () => {
  const before = tf.memory().numTensors;
  const classifier = { model: network(1), format: SMALL_FORMAT };
  const features = join(folder, 'freed');
  const stored = await predictStored(classifier, photos, features);
  const damaged = { ...photos[0], file: join(folder, 'no-such.jpg') };
  await assert.rejects(predictStored(classifier, [damaged], features), /no such file/);
  await assertAlike(classifier, stored);
  classifier.model.dispose();
  assert.equal(tf.memory().numTensors, before);
});

test('predictStored with testTimeFlip counts each photo twice and tells of both views as one piece of work', async () => {
  const told: [number, number][] = [];
  const onProgress = (...progress: [number, number]): void => void told.push(progress);
  const classifier = { model: network(1), format: SMALL_FORMAT, testTimeFlip: true };
  await predictStored(classifier, photos, join(folder, 'told'), { batchSize: 3, onProgress });
  assert.deepEqual(
    told,
    [3, 6, 7, 10, 13, 14].map((done) => [done, 14]),
  );
});
