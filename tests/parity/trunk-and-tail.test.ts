import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { tf } from 'celeba-lab';
import { vgg16 } from 'celeba-lab';
import { formulaPhotos } from './parity-inputs';
import { frozenToBlock4, tenLosses } from './ten-steps';

const SHAPE = [48, 48, 3];
const BATCH = 12;

test('ten steps from the features of the frozen part have the losses of ten steps of the whole network', async () => {
  const photos = formulaPhotos(BATCH, SHAPE);
  const { trunk, tail } = vgg16.splitFrozen(await frozenToBlock4(SHAPE));
  const fromFeatures = await tenLosses(tail, trunk.predict(photos) as tf.Tensor);
  const ofNetwork = await tenLosses(await frozenToBlock4(SHAPE), photos);
  const apart = fromFeatures.map((loss, step) => Math.abs(loss - ofNetwork[step]));
  assert.ok(Math.max(...apart) < 1e-5, `from features ${fromFeatures.join()}, of the network ${ofNetwork.join()}`);
  assert.ok(fromFeatures[9] < fromFeatures[0], fromFeatures.join());
});
