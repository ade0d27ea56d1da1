import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import sharp from 'sharp';
import { features, project, tf } from 'celeba-lab';
import type { dataset } from 'celeba-lab';
import { preparedBatches } from 'celeba-lab/dist/features/prepared-batches';
import { makePhotos, SMALL_FORMAT } from './small-photos';

const root = mkdtemp(join(tmpdir(), 'prepared-'));
after(async () => rm(await root, { recursive: true }));

/** Without a convolution it is run as it is, by a method that a test can watch. */
function trunk(): tf.LayersModel {
  return tf.sequential({ layers: [tf.layers.averagePooling2d({ poolSize: 2, inputShape: [8, 6, 3] })] });
}

/** Counts the calls of a method from now on. */
function counted<K extends string>(holder: Record<K, (...given: never[]) => unknown>, name: K): { count: number } {
  const calls = { count: 0 };
  const whole = holder[name];
  holder[name] = function (this: unknown, ...given: never[]) {
    calls.count += 1;
    return whole.apply(this, given);
  };
  after(() => void (holder[name] = whole));
  return calls;
}

/** How many photos the decoder had been asked for at each call of the trunk. */
async function decodedAtEachCall(all: dataset.Photo[], batchSize: number, decodes: { count: number }) {
  const model = trunk();
  const store = await features.FeatureStore.open(join(await root, `store-${all[0].name}`), model, SMALL_FORMAT);
  const seen: number[] = [];
  const predict = model.predictOnBatch.bind(model);
  decodes.count = 0;
  model.predictOnBatch = (inputs) => {
    seen.push(decodes.count);
    return predict(inputs);
  };
  await features.extractFeatures(model, store, all, SMALL_FORMAT, { batchSize });
  return seen;
}

test('while a batch is computed the next one, and no more, is with the decoder', async () => {
  const addon = project.projectPath('node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/decode_jpeg.node');
  const decodes = counted(createRequire(__filename)(addon) as { prepare: () => Promise<boolean> }, 'prepare');
  const all = await makePhotos(join(await root, 'jpeg'), 11);
  assert.deepEqual(await decodedAtEachCall(all, 3, decodes), [6, 9, 11, 11]);
});

test('photos that are no plain JPEGs are with the decoder just as early', async () => {
  const all = await makePhotos(join(await root, 'png'), 7);
  const pngs = all.map((photo) => ({ ...photo, file: photo.file.replace('.jpg', '.png'), name: `${photo.name}.png` }));
  await Promise.all(all.map(({ file }, i) => sharp(file).png().toFile(pngs[i].file)));
  const decodes = counted(sharp.prototype as { toBuffer: () => Promise<unknown> }, 'toBuffer');
  assert.deepEqual(await decodedAtEachCall(pngs, 2, decodes), [4, 6, 7, 7]);
});

test('a photo that cannot be read ends the work in its batch’s turn: the batches before it are computed and kept', async () => {
  const model = trunk();
  const all = await makePhotos(join(await root, 'gone'), 9);
  await rm(all[7].file);
  const store = await features.FeatureStore.open(join(await root, 'store-gone'), model, SMALL_FORMAT);
  const told: number[] = [];
  const onProgress = (done: number) => void told.push(done);
  const options = { batchSize: 2, onProgress };
  await assert.rejects(
    features.extractFeatures(model, store, all, SMALL_FORMAT, options),
    /7\.jpg: found no such file/,
  );
  assert.deepEqual([told, store.size], [[2, 4, 6], 6]);
});

test('a photo that is damaged is named by its path', async () => {
  const all = await makePhotos(join(await root, 'damaged'), 3);
  await truncate(all[1].file, 200);
  const store = await features.FeatureStore.open(join(await root, 'store-damaged'), trunk(), SMALL_FORMAT);
  await assert.rejects(
    features.extractFeatures(trunk(), store, all, SMALL_FORMAT),
    /damaged\/1\.jpg: found a file that ends early/,
  );
});

test('preparedBatches leaves nothing going on behind whoever takes no more batches', async () => {
  const all = await makePhotos(join(await root, 'left'), 8);
  const store = await features.FeatureStore.open(join(await root, 'store-left'), trunk(), SMALL_FORMAT);
  let asking = 0;
  store.verify = async () => {
    asking++;
    await setTimeout(30).finally(() => asking--);
    return false;
  };
  const batches = preparedBatches(store, all, SMALL_FORMAT, 2);
  await batches.next();
  while (asking === 0) await setTimeout(1);
  await batches.return(undefined);
  assert.equal(asking, 0);
});

test('extractFeatures tells of the photo that it cannot read, also where what was computed before cannot be kept', async () => {
  const all = await makePhotos(join(await root, 'unkept'), 5);
  await rm(all[4].file);
  const store = await features.FeatureStore.open(join(await root, 'store-unkept'), trunk(), SMALL_FORMAT);
  store.add = () => Promise.reject(new Error('no room'));
  const extract = features.extractFeatures(trunk(), store, all, SMALL_FORMAT, { batchSize: 2 });
  await assert.rejects(extract, /4\.jpg: found no such file/);
});
