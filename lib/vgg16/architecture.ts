/** VGG16 without its ImageNet classifier, written out layer by layer as in the paper's table. */

import { InputError } from '../errors';
import { tf } from '../tensorflow/load';
import { readImagenetWeights } from './weights';

/** What VGG16 is built for; the names are Keras's, in camelCase. */
export interface VGG16Options {
  /** Only false: the three dense layers for ImageNet's 1,000 classes are left out. */
  includeTop: false;
  /** `imagenet` for the pretrained weights, null for random ones (Glorot uniform, as in Keras). */
  weights: 'imagenet' | null;
  /** [height, width, channels] of a photo, at least 32 x 32, 3 channels; such as [178, 218, 3]. */
  inputShape: readonly number[];
  /** Only `avg`: the mean over all positions, 512 values a photo. */
  pooling: 'avg';
  /** File of the pretrained weights; default data/weights/vgg16-imagenet.bin. */
  weightsFile?: string;
}

/**
 * VGG16 as Keras builds it: 20 layers, 14,714,688 parameters, Keras's layer names.
 * @param options see VGG16Options
 * @returns       photos [n, height, width, 3] (BGR minus [103.939, 116.779, 123.68]) to features [n, 512]
 * @throws        InputError for an option that can't be met, or for weights that are missing or altered
 * @source        K. Simonyan and A. Zisserman, arXiv:1409.1556, table 1, column D; keras.applications.VGG16
 * @example       const vgg16 = await VGG16({ includeTop: false, weights: 'imagenet', inputShape: [178, 218, 3], pooling: 'avg' });
 *                vgg16.countParams() // 14714688
 */
export async function VGG16(options: VGG16Options): Promise<tf.LayersModel> {
  const model = buildLayers(checkOptions(options), options.weights === null ? 'glorotUniform' : 'zeros');
  if (options.weights === 'imagenet') await loadImagenet(model, options.weightsFile);
  return model;
}

type KernelInitializer = 'glorotUniform' | 'zeros';

function buildLayers(inputShape: [number, number, number], kernelInitializer: KernelInitializer): tf.LayersModel {
  const convolution = (name: string, filters: number): tf.layers.Layer =>
    tf.layers.conv2d({ name, filters, kernelSize: 3, padding: 'same', activation: 'relu', kernelInitializer });
  const halve = (name: string): tf.layers.Layer => tf.layers.maxPooling2d({ name, poolSize: 2, strides: 2 });

  const input = tf.input({ shape: inputShape, name: 'input_1' }); // photos                    [n, 178, 218,   3]

  // Block 1: edges and colors.
  let x = convolution('block1_conv1', 64).apply(input) as tf.SymbolicTensor; //               [n, 178, 218,  64]
  x = convolution('block1_conv2', 64).apply(x) as tf.SymbolicTensor; //                       [n, 178, 218,  64]
  x = halve('block1_pool').apply(x) as tf.SymbolicTensor; //                                  [n,  89, 109,  64]

  // Block 2: textures.
  x = convolution('block2_conv1', 128).apply(x) as tf.SymbolicTensor; //                      [n,  89, 109, 128]
  x = convolution('block2_conv2', 128).apply(x) as tf.SymbolicTensor; //                      [n,  89, 109, 128]
  x = halve('block2_pool').apply(x) as tf.SymbolicTensor; //                                  [n,  44,  54, 128]

  // Block 3: small patterns.
  x = convolution('block3_conv1', 256).apply(x) as tf.SymbolicTensor; //                      [n,  44,  54, 256]
  x = convolution('block3_conv2', 256).apply(x) as tf.SymbolicTensor; //                      [n,  44,  54, 256]
  x = convolution('block3_conv3', 256).apply(x) as tf.SymbolicTensor; //                      [n,  44,  54, 256]
  x = halve('block3_pool').apply(x) as tf.SymbolicTensor; //                                  [n,  22,  27, 256]

  // Block 4: parts; the article freezes everything up to here.
  x = convolution('block4_conv1', 512).apply(x) as tf.SymbolicTensor; //                      [n,  22,  27, 512]
  x = convolution('block4_conv2', 512).apply(x) as tf.SymbolicTensor; //                      [n,  22,  27, 512]
  x = convolution('block4_conv3', 512).apply(x) as tf.SymbolicTensor; //                      [n,  22,  27, 512]
  x = halve('block4_pool').apply(x) as tf.SymbolicTensor; //                                  [n,  11,  13, 512]

  // Block 5: what the article fine-tunes.
  x = convolution('block5_conv1', 512).apply(x) as tf.SymbolicTensor; //                      [n,  11,  13, 512]
  x = convolution('block5_conv2', 512).apply(x) as tf.SymbolicTensor; //                      [n,  11,  13, 512]
  x = convolution('block5_conv3', 512).apply(x) as tf.SymbolicTensor; //                      [n,  11,  13, 512]
  x = halve('block5_pool').apply(x) as tf.SymbolicTensor; //                                  [n,   5,   6, 512]

  const average = tf.layers.globalAveragePooling2d({ name: 'global_average_pooling2d', dataFormat: 'channelsLast' });
  return tf.model({ name: 'vgg16', inputs: input, outputs: average.apply(x) as tf.SymbolicTensor }); // [n, 512]
}

async function loadImagenet(model: tf.LayersModel, file?: string): Promise<void> {
  for (const { layer, kernelShape, kernel, bias } of await readImagenetWeights(file)) {
    tf.tidy(() => model.getLayer(layer).setWeights([tf.tensor4d(kernel, kernelShape), tf.tensor1d(bias)]));
  }
}

function checkOptions({ includeTop, weights, inputShape, pooling }: VGG16Options): [number, number, number] {
  if (includeTop !== false) throw refused('includeTop', includeTop, 'false', 'Set includeTop: false');
  if (weights !== 'imagenet' && weights !== null) {
    throw refused('weights', weights, "'imagenet' or null", "Set weights: 'imagenet'");
  }
  if (pooling !== 'avg') throw refused('pooling', pooling, "'avg'", "Set pooling: 'avg'");
  const [height, width, channels] = Array.isArray(inputShape) ? (inputShape as number[]) : [];
  const wholeSides = [height, width].every((side) => Number.isSafeInteger(side) && side >= 32);
  if (wholeSides && channels === 3 && inputShape.length === 3) return [height, width, channels];
  throw refused(
    'inputShape',
    inputShape,
    '[height, width, 3] with height and width of 32 or more',
    'Set inputShape: [178, 218, 3]',
  );
}

function refused(option: string, value: unknown, expected: string, remedy: string): InputError {
  return new InputError({ where: `VGG16's ${option}`, found: JSON.stringify(value) ?? 'nothing', expected, remedy });
}
