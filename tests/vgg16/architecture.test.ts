import assert from 'node:assert/strict';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { InputError, tf, vgg16 } from 'celeba-lab';

const { VGG16 } = vgg16;
const ARTICLE = { includeTop: false, weights: 'imagenet', inputShape: [178, 218, 3], pooling: 'avg' } as const;

function shapesOf(network: tf.LayersModel): [string, string][] {
  return network.layers.map(({ name, outputShape }) => [name, outputShape.slice(1).join(' ')]);
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}

test("VGG16 has the layers of the article's table 1, and Keras's names", async () => {
  const network = await VGG16({ ...ARTICLE, weights: null });
  assert.equal(network.name, 'vgg16');
  assert.deepEqual(shapesOf(network), [
    ['input_1', '178 218 3'],
    ['block1_conv1', '178 218 64'],
    ['block1_conv2', '178 218 64'],
    ['block1_pool', '89 109 64'],
    ['block2_conv1', '89 109 128'],
    ['block2_conv2', '89 109 128'],
    ['block2_pool', '44 54 128'],
    ['block3_conv1', '44 54 256'],
    ['block3_conv2', '44 54 256'],
    ['block3_conv3', '44 54 256'],
    ['block3_pool', '22 27 256'],
    ['block4_conv1', '22 27 512'],
    ['block4_conv2', '22 27 512'],
    ['block4_conv3', '22 27 512'],
    ['block4_pool', '11 13 512'],
    ['block5_conv1', '11 13 512'],
    ['block5_conv2', '11 13 512'],
    ['block5_conv3', '11 13 512'],
    ['block5_pool', '5 6 512'],
    ['global_average_pooling2d', '512'],
  ]);
  network.dispose();
});

test('VGG16 has 14,714,688 parameters, and 7,079,424 to train with slice(0, -5) frozen', async () => {
  const network = await VGG16({ ...ARTICLE, weights: null });
  const frozen = network.layers.slice(0, -5);
  for (const layer of frozen) layer.trainable = false;
  const trainable = network.trainableWeights.reduce(
    (sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]),
    0,
  );
  assert.equal(frozen.at(-1)?.name, 'block4_pool');
  assert.deepEqual([network.countParams(), trainable], [14714688, 7079424]);
  network.dispose();
});

test('VGG16 and the head have 14,781,122 parameters, 7,145,602 of them to train', async () => {
  const network = await VGG16({ ...ARTICLE, weights: null });
  for (const layer of network.layers.slice(0, -5)) layer.trainable = false;
  const dense = tf.layers.dense({ units: 128, activation: 'relu' });
  const head = [dense, tf.layers.batchNormalization(), tf.layers.dense({ units: 2, activation: 'sigmoid' })];
  const model = tf.sequential({ layers: [network, ...head] });
  const trainable = model.trainableWeights.reduce(
    (sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]),
    0,
  );
  assert.deepEqual([model.countParams(), trainable], [14781122, 7145602]);
  model.dispose();
});

test('VGG16 puts the ImageNet weights into the layers they are named after', async () => {
  const network = await VGG16({ ...ARTICLE, inputShape: [32, 32, 3] });
  const convolutions = await vgg16.readImagenetWeights();
  for (const { layer, kernel, bias } of convolutions) {
    const [kernelTensor, biasTensor] = network.getLayer(layer).getWeights();
    assert.ok(bytesOf(kernelTensor.dataSync()).equals(bytesOf(kernel)), layer);
    assert.ok(bytesOf(biasTensor.dataSync()).equals(bytesOf(bias)), layer);
  }
  network.dispose();
});

test('VGG16 leaves no tensor behind but its 26 weights', async () => {
  const before = tf.memory().numTensors;
  const network = await VGG16({ ...ARTICLE, inputShape: [32, 32, 3] });
  assert.equal(tf.memory().numTensors - before, 26);
  network.dispose();
  assert.equal(tf.memory().numTensors, before);
});

test('VGG16 names the option that it cannot meet', async () => {
  const cases: [object, RegExp][] = [
    [{ inputShape: [178, 218] }, /inputShape: found \[178,218\], expected \[height, width, 3\]/],
    [{ inputShape: [178, 218, 1] }, /inputShape: found \[178,218,1\]/],
    [{ inputShape: [31, 218, 3] }, /height and width of 32 or more/],
    [{ inputShape: undefined }, /inputShape: found nothing/],
    [{ includeTop: true }, /includeTop: found true, expected false/],
    [{ weights: 'vggface' }, /weights: found "vggface", expected 'imagenet' or null/],
    [{ pooling: 'max' }, /pooling: found "max", expected 'avg'/],
  ];
  for (const [option, words] of cases) {
    const options = { ...ARTICLE, ...option } as vgg16.VGG16Options;
    await assert.rejects(VGG16(options), (error) => error instanceof InputError && words.test(error.message));
  }
});

test('VGG16 says where it looked for weights that are missing', async () => {
  const weightsFile = join(tmpdir(), 'no-such-weights.bin');
  await assert.rejects(VGG16({ ...ARTICLE, weightsFile }), /no-such-weights\.bin: found no file/);
});
