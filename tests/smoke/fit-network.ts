/** Fits a small network through celeba-lab and prints {node, tensorflow, losses} as JSON; run under each Node by the smoke test. */

import { tf } from 'celeba-lab';

async function main(): Promise<void> {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
  const layers = [
    tf.layers.conv2d({ filters: 8, kernelSize: 3, activation: 'relu', inputShape: [8, 8, 3], kernelInitializer }),
    tf.layers.globalAveragePooling2d({}),
    tf.layers.dense({ units: 2, activation: 'sigmoid', kernelInitializer }),
  ];
  const model = tf.sequential({ layers });
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  const bright = tf.range(0, 32).less(16).toFloat();
  const photos = bright.reshape([32, 1, 1, 1]).mul(tf.ones([32, 8, 8, 3])); // [32, 8, 8, 3]
  const labels = tf.oneHot(bright.toInt(), 2); // [32, 2]
  const { history } = await model.fit(photos, labels, { epochs: 5, batchSize: 8, verbose: 0 });
  const { binding } = tf.backend() as unknown as { binding: { TF_Version: string } };
  console.log(JSON.stringify({ node: process.version, tensorflow: binding.TF_Version, losses: history.loss }));
}

void main();
