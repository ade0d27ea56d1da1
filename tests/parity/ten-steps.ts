/** The training that the parity tests compare: VGG16 free from block 5 on, ten steps from a formula's first weights. */

import { tf, vgg16 } from 'celeba-lab';
import { formulaLabels, withFormulaHead } from './parity-inputs';

/** VGG16 with its ImageNet weights, frozen up to block4_pool, under the formula's head. */
export async function frozenToBlock4(inputShape: number[]): Promise<tf.Sequential> {
  const network = await vgg16.VGG16({ includeTop: false, weights: 'imagenet', inputShape, pooling: 'avg' });
  for (const layer of network.layers.slice(0, -5)) layer.trainable = false;
  return withFormulaHead(network);
}

/** Losses of ten steps on one batch, at a rate at which rounding isn't blown up step by step: see keras_numbers.py. */
export async function tenLosses(model: tf.LayersModel, xs: tf.Tensor): Promise<number[]> {
  model.compile({ optimizer: tf.train.adam(1e-5), loss: 'binaryCrossentropy' });
  const ys = formulaLabels(xs.shape[0]);
  const losses: number[] = [];
  for (let step = 0; step < 10; step++) losses.push((await model.trainOnBatch(xs, ys)) as number);
  return losses;
}
