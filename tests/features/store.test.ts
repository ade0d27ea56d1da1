import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { features, photos, tf } from 'celeba-lab';

const root = mkdtemp(join(tmpdir(), 'store-'));
after(async () => rm(await root, { recursive: true }));

function trunk(value: number): tf.LayersModel {
  const kernelInitializer = tf.initializers.constant({ value });
  return tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [2, 3], kernelInitializer })] });
}

const PHOTO_A = 'a'.repeat(64);
const PHOTO_B = 'b'.repeat(64);
const FEATURES = new Float32Array([0, 1, 0, 0, 2.5, 0, 0, -1]);

async function filledStore(
  name: string,
): Promise<{ folder: string; store: features.FeatureStore; model: tf.LayersModel }> {
  const folder = join(await root, name);
  const model = trunk(1);
  const store = await features.FeatureStore.open(folder, model, photos.ARTICLE_FORMAT);
  await store.add([
    { photo: PHOTO_A, features: FEATURES },
    { photo: PHOTO_B, features: new Float32Array(8) },
  ]);
  return { folder, store, model };
}

async function onlyBlock(store: features.FeatureStore): Promise<string> {
  const names = await readdir(store.folder);
  assert.equal(names.length, 1, `one block and nothing else, found ${names.join()}`);
  return join(store.folder, names[0]);
}

test('FeatureStore opened again reads the same features bit for bit', async () => {
  const { folder, model } = await filledStore('again');
  const again = await features.FeatureStore.open(folder, model, photos.ARTICLE_FORMAT);
  assert.equal(again.size, 2);
  assert.deepEqual(await again.read(PHOTO_A), FEATURES);
});

test('FeatureStore of other weights or another photo format shares nothing', async () => {
  const { folder, model } = await filledStore('keys');
  const otherWeights = await features.FeatureStore.open(folder, trunk(2), photos.ARTICLE_FORMAT);
  const otherFormat = await features.FeatureStore.open(folder, model, { ...photos.ARTICLE_FORMAT, height: 10 });
  assert.deepEqual([otherWeights.size, otherFormat.size], [0, 0]);
});

test('FeatureStore keeps each view of the photos for itself, whatever the view is called', async () => {
  const { folder, store, model } = await filledStore('views');
  const open = (view: photos.PhotoView) => features.FeatureStore.open(folder, model, photos.ARTICLE_FORMAT, view);
  const mirrored = await open(photos.MIRRORED_VIEW);
  const renamed = await open({ ...photos.PLAIN_VIEW, name: 'as it is' });
  assert.deepEqual([mirrored.size, renamed.size], [0, 2]);
  assert.equal(renamed.folder, store.folder);
});

test('FeatureStore takes a block away that was cut short, and its photos count as missing', async () => {
  const { folder, store, model } = await filledStore('cut');
  await truncate(await onlyBlock(store), 200);
  const again = await features.FeatureStore.open(folder, model, photos.ARTICLE_FORMAT);
  assert.equal(again.has(PHOTO_A), false);
  assert.deepEqual(await readdir(again.folder), []);
});

test('FeatureStore names the file when one byte of it has changed', async () => {
  const { store } = await filledStore('changed');
  const block = await onlyBlock(store);
  const bytes = await readFile(block);
  bytes[bytes.length - 1] ^= 1;
  await writeFile(block, bytes);
  await assert.rejects(store.read(PHOTO_B), (error: Error) => error.message.includes(block));
});
