/** A process that saves a small classifier in a folder and prints why that failed; run by full-disk.test.ts. */

import { model, tf } from 'celeba-lab';
import { TINY_DESCRIPTION } from './brightness-model';

/** As the brightness model, with a layer whose weights are too many to wait in a buffer: 240 kB. */
export function wideModel(): tf.Sequential {
  const network = tf.sequential();
  network.add(tf.layers.globalAveragePooling2d({ inputShape: [24, 32, 3] }));
  network.add(tf.layers.dense({ units: 10_000 }));
  network.add(tf.layers.dense({ units: 2, activation: 'sigmoid' }));
  return network;
}

async function main(folder: string): Promise<void> {
  await model
    .saveClassifier(folder, wideModel(), TINY_DESCRIPTION)
    .catch((error: unknown) => console.log(String(error)));
}

if (require.main === module) void main(process.argv[2]);
