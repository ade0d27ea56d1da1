import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { model, photos, project, tf, vgg16 } from 'celeba-lab';
import sharp from 'sharp';

const root = mkdtemp(join(tmpdir(), 'keras-h5-'));
after(async () => rm(await root, { recursive: true }));

/** The article's network: most of VGG16 frozen, a head with batch normalization whose averages have moved. */
async function trainedNetwork(): Promise<tf.Sequential> {
  const vgg = await vgg16.VGG16({ includeTop: false, weights: 'imagenet', inputShape: [178, 218, 3], pooling: 'avg' });
  for (const layer of vgg.layers.slice(0, -5)) layer.trainable = false;
  const network = tf.sequential({ layers: [vgg] });
  // Of other first weights all outputs may be 0 or 1, which would compare nothing.
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
  network.add(tf.layers.dense({ units: 128, activation: 'relu', kernelInitializer }));
  network.add(tf.layers.batchNormalization({ momentum: 0.9 }));
  network.add(tf.layers.dense({ units: 2, activation: 'sigmoid', kernelInitializer }));
  network.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' });
  const [xs, ys] = [tf.randomUniform([3, 178, 218, 3], -120, 130, 'float32', 1), tf.oneHot([0, 1, 0], 2).toFloat()];
  await network.fit(xs, ys, { verbose: 0 });
  tf.dispose([xs, ys]);
  return network;
}

async function noisyPhoto(file: string, seed: number, width = 178, height = 218): Promise<string> {
  const pixels = tf.randomUniform([height, width, 3], 0, 255, 'int32', seed).dataSync();
  const raw = { width, height, channels: 3 } as const;
  await sharp(Uint8Array.from(pixels), { raw }).blur(3).jpeg().toFile(file);
  return file;
}

test('Keras loads best_model.h5 and predicts the same of the same JPEGs within 1e-4', async () => {
  const folder = join(await root, 'model');
  const network = await trainedNetwork();
  const format = photos.ARTICLE_FORMAT;
  const facts = { classNames: ['female', 'male'], attribute: 'Male', datasetName: 'noise', drawn: true } as const;
  await model.saveClassifier(folder, network, { ...facts, classNames: ['female', 'male'], format, head: 'sigmoid' });
  const written = async (name: string, ...rest: number[]): Promise<string> =>
    noisyPhoto(join(await root, name), rest[0], rest[1], rest[2]);
  // Of the last, rows and columns multiplied out instead of summed up would be others.
  const files = [await written('a.jpg', 1), await written('b.jpg', 2), await written('c.jpg', 3, 800, 600)];
  const pixels = await Promise.all(files.map((file) => photos.preparePhoto(file, format)));
  const batch = tf.stack(pixels.map((values) => tf.tensor3d(values, [format.height, format.width, 3])));
  const expected = [...(network.predict(batch) as tf.Tensor).dataSync()];

  const script = join(__dirname, 'predict_with_keras.py');
  const python = project.projectPath('.venv', 'bin', 'python');
  const { stdout } = await promisify(execFile)(python, [script, folder, ...files]);
  const answer = JSON.parse(stdout) as { classNames: string[]; outputs: number[][] };
  assert.deepEqual(answer.classNames, ['female', 'male']);
  const largest = Math.max(...answer.outputs.flat().map((value, i) => Math.abs(value - expected[i])));
  assert.ok(largest < 1e-4, `largest difference ${largest}`);
  assert.ok(Math.max(...expected) - Math.min(...expected) > 0.01, `outputs ${expected.join(', ')}`);
});
