/** Stored features of real pictures: VGG16's, of drawings and, where they are, of photos. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { dataset, features, photos, project, tf, vgg16 } from 'celeba-lab';

const FORMAT = photos.ARTICLE_FORMAT;
const MINI = project.projectPath('..', 'shared', 'celeba-mini', 'img_align_celeba');
const root = mkdtemp(join(tmpdir(), 'size-'));
after(async () => rm(await root, { recursive: true }));

async function trunk(): Promise<tf.LayersModel> {
  const inputShape = [FORMAT.height, FORMAT.width, 3];
  const network = await vgg16.VGG16({ includeTop: false, weights: 'imagenet', inputShape, pooling: 'avg' });
  for (const layer of network.layers.slice(0, -5)) layer.trainable = false;
  return vgg16.splitFrozen(tf.sequential({ layers: [network] })).trunk;
}

async function assertSmallAndEqual(files: string[], folder: string): Promise<void> {
  const model = await trunk();
  const store = await features.FeatureStore.open(folder, model, FORMAT);
  const all = files.map((file) => ({ file, name: file, label: 0, part: 'train' as const }));
  const stored = await features.extractFeatures(model, store, all, FORMAT);
  const pixels = await Promise.all(files.map((file) => photos.preparePhoto(file, FORMAT)));
  const batch = tf.stack(pixels.map((values) => tf.tensor3d(values, [FORMAT.height, FORMAT.width, 3])));
  const expected = (model.predictOnBatch(batch) as tf.Tensor).dataSync();
  const found = await Promise.all(stored.map(({ sha256 }) => store.read(sha256)));
  assert.deepEqual(Buffer.concat(found.map(({ buffer }) => Buffer.from(buffer))), Buffer.from(expected.buffer));
  const sizes = await Promise.all((await readdir(store.folder)).map((name) => stat(join(store.folder, name))));
  const share = sizes.reduce((sum, { size }) => sum + size, 0) / (4 * expected.length);
  assert.ok(share <= 1 / 3, `${(100 * share).toFixed(1)} % of raw float32`);
}

test('features of drawings are kept bit for bit in at most a third of their size', async () => {
  const { photos: drawings } = await dataset.openDataset(undefined);
  await assertSmallAndEqual(
    drawings.slice(0, 2).map(({ file }) => file),
    join(await root, 'drawings'),
  );
});

test('features of photos are, too', { skip: !existsSync(MINI) && 'no ../shared/celeba-mini' }, async () => {
  const files = readdirSync(MINI).slice(0, 2);
  await assertSmallAndEqual(
    files.map((name) => join(MINI, name)),
    join(await root, 'photos'),
  );
});
