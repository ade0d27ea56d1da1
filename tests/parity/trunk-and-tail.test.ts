import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf, vgg16 } from 'celeba-lab';
import { formulaLabels, formulaPhotos, withFormulaHead } from './parity-inputs';

const SHAPE = [48, 48, 3];
const BATCH = 12;

test('ten steps from the features of the frozen part have the losses of ten steps of the whole network', async () => {
  const photos = formulaPhotos(BATCH, SHAPE);
  const { trunk, tail } = vgg16.splitFrozen(await frozenToBlock4());
  const fromFeatures = await tenLosses(tail, trunk.predict(photos) as tf.Tensor);
  const ofNetwork = await tenLosses(await frozenToBlock4(), photos);
  const apart = fromFeatures.map((loss, step) => Math.abs(loss - ofNetwork[step]));
  assert.ok(Math.max(...apart) < 1e-5, `from features ${fromFeatures.join()}, of the network ${ofNetwork.join()}`);
  assert.ok(fromFeatures[9] < fromFeatures[0], fromFeatures.join());
});

async function frozenToBlock4(): Promise<tf.Sequential> {
  const options = { includeTop: false, weights: 'imagenet', inputShape: SHAPE, pooling: 'avg' } as const;
  const network = await vgg16.VGG16(options);
  for (const layer of network.layers.slice(0, -5)) layer.trainable = false;
  return withFormulaHead(network);
}

/** At a rate at which rounding isn't blown up step by step: see keras_numbers.py. */
async function tenLosses(model: tf.LayersModel, xs: tf.Tensor): Promise<number[]> {
  model.compile({ optimizer: tf.train.adam(1e-5), loss: 'binaryCrossentropy' });
  const ys = formulaLabels(BATCH);
  const losses: number[] = [];
  for (let step = 0; step < 10; step++) losses.push((await model.trainOnBatch(xs, ys)) as number);
  return losses;
}
