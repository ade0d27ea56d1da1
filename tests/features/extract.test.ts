import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { features, photos, tf } from 'celeba-lab';
import type { dataset } from 'celeba-lab';
import { makePhotos, SMALL_FORMAT } from './small-photos';

const root = mkdtemp(join(tmpdir(), 'extract-'));
after(async () => rm(await root, { recursive: true }));

function trunk(): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 3 });
  const activation = 'relu';
  const layer = tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [8, 6, 3], activation, kernelInitializer });
  return tf.sequential({ layers: [layer] });
}

async function expected(model: tf.LayersModel, photo: dataset.Photo): Promise<Float32Array> {
  const pixels = await photos.preparePhoto(photo.file, SMALL_FORMAT);
  return (model.predict(tf.tensor4d(pixels, [1, 8, 6, 3])) as tf.Tensor).dataSync() as Float32Array;
}

test('extractFeatures stores what the trunk gives for each photo, whatever batch it came in', async () => {
  const model = trunk();
  const all = await makePhotos(join(await root, 'a'), 7);
  const store = await features.FeatureStore.open(join(await root, 'store-a'), model, SMALL_FORMAT);
  const stored = await features.extractFeatures(model, store, all, SMALL_FORMAT, { batchSize: 3 });
  assert.deepEqual(
    stored.map(({ name }) => name),
    all.map(({ name }) => name),
  );
  for (const photo of stored) {
    const [found, wanted] = [await store.read(photo.sha256), await expected(model, photo)];
    found.forEach((value, i) => assert.ok(Math.abs(value - wanted[i]) < 1e-3));
  }
});

test('extractFeatures computes the view of its store', async () => {
  const model = trunk();
  const [photo] = await makePhotos(join(await root, 'view'), 1);
  const view = { ...photos.MIRRORED_VIEW, scale: 1.5 };
  const store = await features.FeatureStore.open(join(await root, 'store-view'), model, SMALL_FORMAT, view);
  const [{ sha256 }] = await features.extractFeatures(model, store, [photo], SMALL_FORMAT);
  const pixels = await photos.preparePhoto(photo.file, SMALL_FORMAT, view);
  const wanted = (model.predict(tf.tensor4d(pixels, [1, 8, 6, 3])) as tf.Tensor).dataSync();
  (await store.read(sha256)).forEach((value, i) => assert.ok(Math.abs(value - wanted[i]) < 1e-3));
});

test('extractFeatures computes copies of a photo once, also in other batches', async () => {
  const model = trunk();
  const [photo, other] = await makePhotos(join(await root, 'copies'), 2);
  const bytes = await readFile(photo.file);
  const copies = await Promise.all(
    ['x', 'y', 'z'].map(async (name) => {
      const file = join(await root, 'copies', `${name}.png`);
      await writeFile(file, bytes);
      return { ...photo, file, name };
    }),
  );
  const store = await features.FeatureStore.open(join(await root, 'store-copies'), model, SMALL_FORMAT);
  const added: string[] = [];
  const add = store.add.bind(store);
  store.add = (entries) => {
    added.push(...entries.map((entry) => entry.photo));
    return add(entries);
  };
  const all = [photo, ...copies, other];
  const stored = await features.extractFeatures(model, store, all, SMALL_FORMAT, { batchSize: 1 });
  assert.equal(added.length, 2);
  assert.equal(new Set(stored.map(({ sha256 }) => sha256)).size, 2);
});

test('extractFeatures computes nothing twice: a second run adds no block and leaves no tensor', async () => {
  const model = trunk();
  const all = await makePhotos(join(await root, 'b'), 5);
  const store = await features.FeatureStore.open(join(await root, 'store-b'), model, SMALL_FORMAT);
  await features.extractFeatures(model, store, all, SMALL_FORMAT);
  const [blocks, tensors] = [await readdir(store.folder), tf.memory().numTensors];
  const calls: number[] = [];
  await features.extractFeatures(model, store, all, SMALL_FORMAT, { onProgress: (done) => calls.push(done) });
  assert.deepEqual(await readdir(store.folder), blocks);
  assert.equal(tf.memory().numTensors, tensors);
  assert.deepEqual(calls, [5]);
});

test('featureBatches gives the order of photoBatches for the same seed, in every pass', async () => {
  const model = trunk();
  const all = await makePhotos(join(await root, 'c'), 9);
  const store = await features.FeatureStore.open(join(await root, 'store-c'), model, SMALL_FORMAT);
  const stored = await features.extractFeatures(model, store, all, SMALL_FORMAT);
  const flow = { batchSize: 4, classCount: 2, shuffleSeed: 5 };
  const fromStore = features.featureBatches(store, stored, flow);
  const fromPhotos = photos.photoBatches(all, { ...flow, format: SMALL_FORMAT });
  for (let pass = 0; pass < 2; pass++) {
    const [a, b] = [await fromStore.toArray(), await fromPhotos.toArray()];
    const through = b.map(({ xs }) => (model.predict(xs) as tf.Tensor).sum().dataSync()[0]);
    a.forEach(({ xs }, i) => assert.ok(Math.abs(xs.sum().dataSync()[0] - through[i]) < 1));
    assert.deepEqual(
      a.map(({ ys }) => ys.arraySync()),
      b.map(({ ys }) => ys.arraySync()),
    );
  }
});

test('extractFeatures computes a damaged block again, and says once which it was', async () => {
  const model = trunk();
  const all = await makePhotos(join(await root, 'd'), 5);
  const folder = join(await root, 'store-d');
  const store = await features.FeatureStore.open(folder, model, SMALL_FORMAT);
  const [first] = await features.extractFeatures(model, store, all, SMALL_FORMAT);
  const before = await store.read(first.sha256);
  const [block] = await readdir(store.folder);
  const bytes = await readFile(join(store.folder, block));
  bytes[bytes.length - 3] ^= 4;
  await writeFile(join(store.folder, block), bytes);
  const again = await features.FeatureStore.open(folder, model, SMALL_FORMAT);
  const told: unknown[][] = [];
  // All that it is given: console.log would print it.
  const onDamaged = (...given: unknown[]) => void told.push(given);
  for (const some of [all, all.slice(0, 2)])
    await features.extractFeatures(model, again, some, SMALL_FORMAT, { onDamaged });
  assert.deepEqual([told.length, told[0].length], [1, 1]);
  assert.ok(String(told[0][0]).includes(block), String(told[0][0]));
  assert.deepEqual(await again.read(first.sha256), before);
});

test('extractFeatures cut off goes on behind the last whole block, and a small run finds what a large one stored', async () => {
  const model = trunk();
  const all = await makePhotos(join(await root, 'e'), 70);
  const folder = join(await root, 'store-e');
  const store = await features.FeatureStore.open(folder, model, SMALL_FORMAT);
  const cut = (done: number): void => {
    if (done > 64) throw new Error('cut off');
  };
  await assert.rejects(
    features.extractFeatures(model, store, all, SMALL_FORMAT, { onProgress: cut, batchSize: 8 }),
    /cut off/,
  );
  const again = await features.FeatureStore.open(folder, model, SMALL_FORMAT);
  assert.equal(again.size, 70, 'what was computed before an error is kept');
  await features.extractFeatures(model, again, all.slice(3, 9), SMALL_FORMAT);
  assert.equal((await readdir(again.folder)).length, 2);
});

test('a store in bfloat16 is another store, with features near those in float32', async () => {
  const model = trunk();
  const [photo] = await makePhotos(join(await root, 'half'), 1);
  const folder = join(await root, 'store-half');
  const half = await features.FeatureStore.open(folder, model, SMALL_FORMAT, photos.PLAIN_VIEW, 'bfloat16');
  const full = await features.FeatureStore.open(folder, model, SMALL_FORMAT);
  assert.notEqual(half.folder, full.folder);
  const [{ sha256 }] = await features.extractFeatures(model, half, [photo], SMALL_FORMAT);
  const [rounded, wanted] = [await half.read(sha256), await expected(model, photo)];
  const largest = Math.max(...wanted.map(Math.abs));
  assert.ok(rounded.some((value, i) => value !== wanted[i]));
  rounded.forEach((value, i) => assert.ok(Math.abs(value - wanted[i]) < 0.02 * largest));
});

test('extractFeatures leaves no tensor when it computes all photos, in several batches', async () => {
  const model = trunk();
  const all = await makePhotos(join(await root, 'tensors'), 7);
  const store = await features.FeatureStore.open(join(await root, 'store-tensors'), model, SMALL_FORMAT);
  const before = tf.memory().numTensors;
  await features.extractFeatures(model, store, all, SMALL_FORMAT, { batchSize: 3 });
  assert.equal(store.size, 7);
  assert.equal(tf.memory().numTensors, before);
});

test('extractFeatures gives the network that it computes with back to TensorFlow', async (t) => {
  const model = trunk();
  const all = await makePhotos(join(await root, 'given-back'), 2);
  const store = await features.FeatureStore.open(join(await root, 'store-given-back'), model, SMALL_FORMAT);
  const backend = tf.backend() as unknown as { deleteSavedModel(id: number): void };
  const { mock } = t.mock.method(backend, 'deleteSavedModel');
  await features.extractFeatures(model, store, all, SMALL_FORMAT, { batchSize: 1 });
  assert.equal(mock.callCount(), 1);
});
