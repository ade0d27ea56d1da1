import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { features, SystemFault, tf } from 'celeba-lab';
import { fillDisk } from '../files/fill-disk';
import { listenAsKernel } from '../interrupts/listen-as-kernel';
import { makePhotos, SMALL_FORMAT } from './small-photos';

let root: string;
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'extract-stopped-'));
});
after(() => rm(root, { recursive: true }));

test('extractFeatures, interrupted where a kernel listens, stops with what it computed kept, and the next call goes on', async (t) => {
  const { listener, heard } = listenAsKernel(t);
  const model = tf.sequential({ layers: [tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [8, 6, 3] })] });
  const photos = await makePhotos(join(root, 'photos'), 9);
  const store = await features.FeatureStore.open(join(root, 'store'), model, SMALL_FORMAT);
  const seen: number[] = [];
  const onProgress = (done: number): void => {
    seen.push(done);
    if (done === 4) process.kill(process.pid, 'SIGINT');
  };
  const extract = () => features.extractFeatures(model, store, photos, SMALL_FORMAT, { batchSize: 2, onProgress });
  await assert.rejects(extract(), {
    name: 'Stopped',
    message: 'Stopped by the user after 4 of 9 photos, whose features are kept; run the cell again to go on.',
  });
  // The batch under way was the last, and the signal is the kernel's again.
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual([seen, store.size, heard()], [[2, 4], 4, 0]);
  assert.deepEqual(process.listeners('SIGINT'), [listener]);
  assert.equal((await features.extractFeatures(model, store, photos, SMALL_FORMAT)).length, 9);
});

test('extractFeatures, interrupted where the disk is full, says that, and not that the features are kept', async (t) => {
  listenAsKernel(t);
  const model = tf.sequential({ layers: [tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [8, 6, 3] })] });
  const photos = await makePhotos(join(root, 'photos'), 9);
  const store = await features.FeatureStore.open(join(root, 'full'), model, SMALL_FORMAT);
  fillDisk(t, 'ENOSPC', '.block');
  const onProgress = (): void => void process.kill(process.pid, 'SIGINT');
  const extract = features.extractFeatures(model, store, photos, SMALL_FORMAT, { batchSize: 2, onProgress });
  await assert.rejects(extract, (error) => error instanceof SystemFault && error.found === 'a full disk');
  assert.equal(store.size, 0);
});
