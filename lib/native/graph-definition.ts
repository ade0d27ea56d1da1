/** The same computation as a chain of layers, written down as a TensorFlow graph whose weights are constants. */

import type { tf } from '../tensorflow/load';
import { GraphBuilder, type Activation, type GraphDefinition, type Precision } from './graph-builder';

interface ConvolutionConfig {
  kernelSize: number[];
  strides: number[];
  padding: string;
  dataFormat: string;
  dilationRate: number[];
  activation: string;
}

interface PoolConfig {
  poolSize: number[];
  strides: number[];
  padding: string;
}

/**
 * Whether a layer has a place in such a graph: 2D convolutions (linear or ReLU), max pooling, and the input itself.
 * @param layer a layer of a chain in which each has one input and one output
 */
export function isNativeLayer(layer: tf.layers.Layer): boolean {
  const config = layer.getConfig() as unknown as ConvolutionConfig;
  if (layer.getClassName() === 'InputLayer') return true;
  if (config.dataFormat !== 'channelsLast') return false;
  if (layer.getClassName() === 'MaxPooling2D') return true;
  return (
    layer.getClassName() === 'Conv2D' &&
    ['linear', 'relu'].includes(config.activation) &&
    config.dilationRate.every((rate) => rate === 1)
  );
}

/**
 * Writes layers as a graph.
 * @param layers    a chain of native layers, see `isNativeLayer`, with their weights as they are now
 * @param precision bfloat16 is for CPUs that compute in it, and rounds every value to 8 bits of mantissa
 */
export async function graphOf(
  layers: readonly tf.layers.Layer[],
  precision: Precision = 'float32',
): Promise<GraphDefinition> {
  const graph = new GraphBuilder((layers[0].getInputAt(0) as tf.SymbolicTensor).shape, precision);
  let last = graph.input;
  if (precision !== 'float32') last = graph.cast(last, 'float32', precision);
  for (const layer of layers) {
    if (layer.getClassName() === 'Conv2D') {
      const { strides, padding, activation } = layer.getConfig() as unknown as ConvolutionConfig;
      const [kernel, bias] = layer.getWeights() as [tf.Tensor, tf.Tensor?];
      last = await graph.convolution(last, {
        kernel,
        ...(bias && { bias }),
        ...{ strides, padding, activation: activation as Activation },
      });
    }
    if (layer.getClassName() === 'MaxPooling2D') {
      const { poolSize, strides, padding } = layer.getConfig() as unknown as PoolConfig;
      last = graph.pool('MaxPool', last, { size: poolSize, strides, padding });
    }
  }
  if (precision !== 'float32') last = graph.cast(last, precision, 'float32');
  return graph.build(last, (layers[layers.length - 1].getOutputAt(0) as tf.SymbolicTensor).shape);
}
