import assert from 'node:assert/strict';
import fsPromises, { cp, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { features, InputError, photos, tf } from 'celeba-lab';
import { fillDisk } from '../files/fill-disk';
import { pretendOtherDevice } from '../tensorflow/gpu';

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

test('FeatureStore is the same before and after the first use of weights that were read from one file', async () => {
  const file = Float32Array.from({ length: 100 }, (_, i) => i);
  const model = trunk(1);
  model.setWeights([tf.tensor2d(file.subarray(7, 19), [3, 4]), tf.tensor1d(file.subarray(19, 23))]);
  const open = async () => features.FeatureStore.open(join(await root, 'use'), model, photos.ARTICLE_FORMAT);
  const before = await open();
  (model.predict(tf.ones([1, 2, 3])) as tf.Tensor).dispose();
  assert.equal((await open()).folder, before.folder);
});

test('FeatureStore keeps each view of the photos for itself, whatever the view is called', async () => {
  const { folder, store, model } = await filledStore('views');
  const open = (view: photos.PhotoView) => features.FeatureStore.open(folder, model, photos.ARTICLE_FORMAT, view);
  const mirrored = await open(photos.MIRRORED_VIEW);
  const renamed = await open({ ...photos.PLAIN_VIEW, name: 'as it is' });
  assert.deepEqual([mirrored.size, renamed.size], [0, 2]);
  assert.equal(renamed.folder, store.folder);
  const worse = await Promise.all(photos.DEGRADED_VIEWS.map(open));
  assert.equal(new Set(worse.map((each) => each.folder)).size, photos.DEGRADED_VIEWS.length);
});

test('FeatureStore keeps what a GPU computes apart from what a CPU computes', async (context) => {
  const { folder, store, model } = await filledStore('devices');
  pretendOtherDevice(context);
  const other = await features.FeatureStore.open(folder, model, photos.ARTICLE_FORMAT);
  assert.equal(other.size, 0);
  assert.notEqual(other.folder, store.folder);
});

test('FeatureStore takes a block away that was cut short, and its photos count as missing', async () => {
  const { folder, store, model } = await filledStore('cut');
  await truncate(await onlyBlock(store), 200);
  const again = await features.FeatureStore.open(folder, model, photos.ARTICLE_FORMAT);
  assert.equal(again.has(PHOTO_A), false);
  assert.deepEqual(await readdir(again.folder), []);
});

test('FeatureStore takes a block away whose header is damaged, and its photos count as missing', async () => {
  const { folder, store, model } = await filledStore('header');
  const block = await onlyBlock(store);
  const bytes = await readFile(block);
  // The JSON begins after eight bytes of kind and four of length.
  bytes[12] ^= 1;
  await writeFile(block, bytes);
  const again = await features.FeatureStore.open(folder, model, photos.ARTICLE_FORMAT);
  assert.equal(again.size, 0);
  assert.match(again.damaged.join(), new RegExp(`${basename(block)}: no whole block`));
  assert.deepEqual(await readdir(again.folder), []);
});

async function changeLastByte(file: string): Promise<void> {
  const bytes = await readFile(file);
  bytes[bytes.length - 1] ^= 1;
  await writeFile(file, bytes);
}

test('FeatureStore takes a block away that was copied from the store of another view, and computes its photos again', async () => {
  const { folder, store, model } = await filledStore('copied');
  const open = async () => features.FeatureStore.open(folder, model, photos.ARTICLE_FORMAT, photos.MIRRORED_VIEW);
  const block = await onlyBlock(store);
  await cp(block, join((await open()).folder, basename(block)));
  const mirrored = await open();
  assert.equal(mirrored.size, 0);
  assert.match(
    mirrored.damaged[0],
    /no whole block of this store: cut short, copied from another one, or something else/,
  );
});

test('FeatureStore names the block that it takes away', async () => {
  const { folder, store, model } = await filledStore('named');
  const block = await onlyBlock(store);
  await truncate(block, 200);
  const again = await features.FeatureStore.open(folder, model, photos.ARTICLE_FORMAT);
  assert.equal(again.damaged.length, 1);
  assert.ok(again.damaged[0].includes(basename(block)), again.damaged[0]);
});

test('FeatureStore names the file when one byte of it has changed while it is read', async () => {
  const { store } = await filledStore('changed');
  const block = await onlyBlock(store);
  await changeLastByte(block);
  await assert.rejects(store.read(PHOTO_B), (error: Error) => error.message.includes(block));
});

test('verify finds one changed byte, takes the whole block away and names it', async () => {
  const { folder, store, model } = await filledStore('verify');
  const block = await onlyBlock(store);
  await changeLastByte(block);
  const again = await features.FeatureStore.open(folder, model, photos.ARTICLE_FORMAT);
  assert.deepEqual([await again.verify(PHOTO_A), await again.verify(PHOTO_B)], [false, false]);
  assert.equal(again.damaged.length, 1);
  assert.match(again.damaged[0], new RegExp(`${basename(block)}.*2 photos`));
  assert.deepEqual(await readdir(again.folder), []);
});

test('verify passes a fault of the system on, keeps the block, and finds it whole when it is asked again', async (t) => {
  const { folder, store, model } = await filledStore('passing');
  const block = await onlyBlock(store);
  const again = await features.FeatureStore.open(folder, model, photos.ARTICLE_FORMAT);
  const busy = Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
  const refused = t.mock.method(fsPromises, 'open', () => Promise.reject(busy));
  await assert.rejects(again.verify(PHOTO_A), { code: 'EMFILE' });
  refused.mock.restore();
  assert.deepEqual([await again.verify(PHOTO_A), again.damaged], [true, []]);
  assert.equal(await onlyBlock(again), block);
});

test('verify takes the photos of a block away that another process removed', async () => {
  const { folder, store, model } = await filledStore('removed');
  const again = await features.FeatureStore.open(folder, model, photos.ARTICLE_FORMAT);
  await rm(await onlyBlock(store));
  assert.equal(await again.verify(PHOTO_A), false);
  assert.match(again.damaged.join(), /no such file.*2 photos/);
});

test('a full disk ends add with a clear message, and nothing of the store changes', async (t) => {
  const { folder, store, model } = await filledStore('full');
  fillDisk(t);
  const before = await readdir(store.folder);
  const entries = [{ photo: 'c'.repeat(64), features: FEATURES }];
  await assert.rejects(
    store.add(entries),
    (error: Error) => error instanceof InputError && /full disk/.test(error.message),
  );
  assert.deepEqual(await readdir(store.folder), before);
  const again = await features.FeatureStore.open(folder, model, photos.ARTICLE_FORMAT);
  assert.deepEqual([again.size, again.damaged], [2, []]);
});

test('FeatureStore clears away what a killed run wrote aside long ago, and leaves what is being written', async () => {
  const { folder, store, model } = await filledStore('leftovers');
  const [old, young] = ['old', 'young'].map((name) => join(store.folder, `.${name}.block.0123456789ab`));
  for (const file of [old, young]) await writeFile(file, 'part');
  const yesterday = Date.now() / 1000 - 86_400;
  await utimes(old, yesterday, yesterday);
  await features.FeatureStore.open(folder, model, photos.ARTICLE_FORMAT);
  const left = (await readdir(store.folder)).filter((name) => name.startsWith('.'));
  assert.deepEqual(left, [basename(young)]);
});

test('FeatureStore of the same weights, cut behind another layer, is another store', async () => {
  const first = () => tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [8, 6, 3], kernelInitializer: 'ones' });
  const trunks = [[first()], [first(), tf.layers.maxPooling2d({ poolSize: 2 })]].map((layers) =>
    tf.sequential({ layers }),
  );
  const folder = join(await root, 'cut');
  const [one, other] = await Promise.all(
    trunks.map((each) => features.FeatureStore.open(folder, each, photos.ARTICLE_FORMAT)),
  );
  assert.notEqual(one.folder, other.folder);
});
