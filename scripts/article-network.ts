/** The article's network as the notebooks build it, for commands that train it without showing how. */

import { VGG16 } from 'celeba-lab/dist/vgg16';
import { tf } from 'celeba-lab/dist/tensorflow/load';

/** What differs between runs. */
export interface NetworkOptions {
  /** [height, width, channels] of the photos. */
  inputShape: [number, number, number];
  /** Of the head's first weights. */
  seed: number;
  /** Of batch normalization's averages; default TensorFlow.js's, 0.99. */
  momentum?: number;
  classCount: number;
  /** Activation of the last layer. */
  head: 'sigmoid' | 'softmax';
}

/** VGG16 with ImageNet's weights, frozen up to block4_pool, and the article's head. */
export async function buildNetwork(options: NetworkOptions): Promise<tf.Sequential> {
  const { inputShape, seed, momentum, classCount, head } = options;
  const vgg = await VGG16({ includeTop: false, weights: 'imagenet', inputShape, pooling: 'avg' });
  for (const layer of vgg.layers.slice(0, -5)) layer.trainable = false;
  const kernelInitializer = tf.initializers.glorotUniform({ seed });
  return tf.sequential({
    layers: [
      vgg,
      tf.layers.dense({ units: 128, activation: 'relu', kernelInitializer }),
      tf.layers.batchNormalization({ momentum }),
      tf.layers.dense({ units: classCount, activation: head, kernelInitializer }),
    ],
  });
}
