/** The article's network as notebook 3 builds it. */

import { photos, tf, vgg16 } from 'celeba-lab';

/** The whole network, cut in two. */
export interface Network extends vgg16.TrunkAndTail {
  whole: tf.Sequential;
}

/** VGG16 with ImageNet's weights, frozen up to block4_pool, and a head for two classes. */
export async function buildNetwork(): Promise<Network> {
  const { height, width } = photos.ARTICLE_FORMAT;
  const inputShape = [height, width, 3];
  const vgg = await vgg16.VGG16({ includeTop: false, weights: 'imagenet', inputShape, pooling: 'avg' });
  for (const layer of vgg.layers.slice(0, -5)) layer.trainable = false;
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
  const whole = tf.sequential({
    layers: [
      vgg,
      tf.layers.dense({ units: 128, activation: 'relu', kernelInitializer }),
      tf.layers.batchNormalization(),
      tf.layers.dense({ units: 2, activation: 'sigmoid', kernelInitializer }),
    ],
  });
  return { whole, ...vgg16.splitFrozen(whole) };
}

/** Compiles the part that learns, as notebook 3 does. */
export function compileTail({ tail }: Network): tf.LayersModel {
  const metrics = ['accuracy', 'categoricalAccuracy'];
  tail.compile({ optimizer: tf.train.adam(1e-4), loss: 'binaryCrossentropy', metrics });
  return tail;
}
