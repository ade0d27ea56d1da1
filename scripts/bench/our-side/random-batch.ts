/** A batch as the free layers get it, without photos. */

import { tf } from 'celeba-lab';

/**
 * Random features of a tail's shape, and labels of all classes in turn. About three quarters of VGG16's features are 0; the time of
 * a step doesn't depend on the values.
 * @param seed of the features
 */
export function randomBatch(
  tail: tf.LayersModel,
  { batchSize, classCount, seed }: { batchSize: number; classCount: number; seed: number },
): { xs: tf.Tensor; ys: tf.Tensor } {
  return tf.tidy(() => {
    const shape = [batchSize, ...(tail.inputs[0].shape.slice(1) as number[])];
    const labels = tf.tensor1d(
      Array.from({ length: batchSize }, (_, photo) => photo % classCount),
      'int32',
    );
    return {
      xs: tf.relu(tf.randomNormal(shape, -0.7, 1, 'float32', seed)),
      ys: tf.oneHot(labels, classCount).toFloat(),
    };
  });
}
