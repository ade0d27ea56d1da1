/** The article's network as notebook 3 builds it. */

import { photos, tf, vgg16 } from 'celeba-lab';
import { buildNetwork as buildWhole } from '../../article-network';

/** The whole network, cut in two. */
export interface Network extends vgg16.TrunkAndTail {
  whole: tf.Sequential;
}

/** VGG16 with ImageNet's weights, frozen up to block4_pool, and a head for so many classes. */
export async function buildNetwork(classCount: number): Promise<Network> {
  const { height, width } = photos.ARTICLE_FORMAT;
  const whole = await buildWhole({ inputShape: [height, width, 3], seed: 1, classCount, head: 'sigmoid' });
  return { whole, ...vgg16.splitFrozen(whole) };
}

/** Compiles the part that learns, as notebook 3 does. */
export function compileTail({ tail }: Network): tf.LayersModel {
  const metrics = ['accuracy', 'categoricalAccuracy'];
  tail.compile({ optimizer: tf.train.adam(1e-4), loss: 'binaryCrossentropy', metrics });
  return tail;
}
