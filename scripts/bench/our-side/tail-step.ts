/** A train step of the free layers, and the convolutions in it run alone. */

import { tf } from 'celeba-lab';
import type { TailTurn, TaskOf } from '../messages';
import { pause, Stopwatch } from '../turns';
import { compileTail, type Network } from './network';
import { randomBatch } from './random-batch';

/** One convolution as it occurs in a step. */
interface Convolution {
  input: tf.Tensor4D;
  kernel: tf.Tensor4D;
  /** Of its output's shape. */
  gradient: tf.Tensor4D;
}

/** One step and its convolutions in each turn. */
export async function tailStep(network: Network, { plan, photos: given }: TaskOf<string>): Promise<TailTurn> {
  const tail = compileTail(network);
  const { xs, ys } = randomBatch(tail, { batchSize: plan.batchSize, classCount: given.classNames.length, seed: 1 });
  const convolutions = convolutionsOf(tail, xs);
  const measure = async (): Promise<TailTurn> => {
    const watch = new Stopwatch();
    await tail.trainOnBatch(xs, ys);
    const stepMs = watch.lap();
    runAlone(convolutions);
    return { stepMs, convolutionsMs: watch.lap() };
  };
  await measure();
  for (let round = 1; round < plan.tailRounds; round++) await pause(await measure());
  const last = await measure();
  tf.dispose([xs, ys, convolutions.map((one) => Object.values(one) as tf.Tensor[])]);
  return last;
}

function convolutionsOf(tail: tf.LayersModel, xs: tf.Tensor): Convolution[] {
  const layers = tail.layers.filter((layer) => layer.getClassName() === 'Conv2D');
  let input = xs.clone() as tf.Tensor4D;
  return layers.map((layer) => {
    const kernel = layer.getWeights()[0].clone() as tf.Tensor4D;
    const output = layer.apply(input) as tf.Tensor4D;
    const one = { input, kernel, gradient: output.clone() };
    input = output;
    return one;
  });
}

/** Forward and filter gradient of each, and the input gradient of all but the first, which nobody needs. */
function runAlone(convolutions: Convolution[]): void {
  tf.tidy(() => {
    convolutions.forEach(({ input, kernel, gradient }, i) => {
      tf.conv2d(input, kernel, 1, 'same');
      run('Conv2DBackpropFilter', { x: input, dy: gradient }, { filterShape: kernel.shape });
      if (i > 0) run('Conv2DBackpropInput', { dy: gradient, filter: kernel }, { inputShape: input.shape });
    });
    waitForDevice();
  });
}

/** A GPU computes on after its operations were called; a value that was computed last comes when all else is done. */
function waitForDevice(): void {
  tf.add(1, 1).dataSync();
}

/** As a step's gradient runs it. */
function run(kernel: string, inputs: Record<string, tf.Tensor>, shape: Record<string, number[]>): void {
  tf.engine().runKernel(kernel, inputs, { ...shape, strides: [1, 1], pad: 'same', dataFormat: 'NHWC' });
}
