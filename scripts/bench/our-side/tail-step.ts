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
      run('Conv2DBackpropFilter', [input, tf.tensor1d(kernel.shape, 'int32'), gradient]);
      if (i > 0) run('Conv2DBackpropInput', [tf.tensor1d(input.shape, 'int32'), kernel, gradient]);
    });
    waitForDevice();
  });
}

/** A GPU computes on after its operations were called; a value that was computed last comes when all else is done. */
function waitForDevice(): void {
  tf.add(1, 1).dataSync();
}

function run(operation: string, inputs: tf.Tensor[]): void {
  const backend = tf.backend() as unknown as {
    binding: Record<string, number>;
    executeSingleOutput(name: string, attributes: object[], inputs: tf.Tensor[]): tf.Tensor;
  };
  const { TF_ATTR_TYPE, TF_ATTR_INT, TF_ATTR_STRING, TF_FLOAT } = backend.binding;
  const attributes = [
    { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: 'strides', type: TF_ATTR_INT, value: [1, 1, 1, 1] },
    { name: 'dilations', type: TF_ATTR_INT, value: [1, 1, 1, 1] },
    { name: 'padding', type: TF_ATTR_STRING, value: 'SAME' },
    { name: 'data_format', type: TF_ATTR_STRING, value: 'NHWC' },
  ];
  backend.executeSingleOutput(operation, attributes, inputs);
}
