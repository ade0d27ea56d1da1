/** face-api's landmark network as one TensorFlow graph: the same weights and points, in less time than operation by operation. */

import { GraphBuilder, loadGraph } from '../native';
import type { tf } from '../tensorflow/load';
import { valuesOf } from '../tensorflow/values-of';
import { normalised } from './normalise';

interface SeparableWeights {
  depthwise_filter: tf.Tensor4D;
  pointwise_filter: tf.Tensor4D;
  bias: tf.Tensor1D;
}

interface PlainWeights {
  filters: tf.Tensor4D;
  bias: tf.Tensor1D;
}

type Layer = SeparableWeights | PlainWeights;
type Block = Record<'conv0' | 'conv1' | 'conv2' | 'conv3', Layer>;

/** The network's weights as face-api keeps them: four densely joined blocks and a last layer. */
export interface LandmarkWeights {
  blocks: Record<'dense0' | 'dense1' | 'dense2' | 'dense3', Block>;
  fc: { weights: tf.Tensor2D; bias: tf.Tensor1D };
}

const SIDE = 112;
const POINTS = 68;
const CHANNELS = 256;

/**
 * Makes the landmark network.
 * @param weights face-api's, loaded
 * @returns       takes one picture [112, 112, 3] (red, green, blue, 0 to 255); gives x, y, x, y, ... of 68 points as shares of it
 * @source        github.com/vladmandic/face-api, src/faceLandmarkNet and src/faceFeatureExtractor
 */
export async function landmarksOf({ blocks, fc }: LandmarkWeights): Promise<(picture: tf.Tensor3D) => Float32Array> {
  const builder = new GraphBuilder([null, SIDE, SIDE, 3]);
  let last = normalised(builder);
  for (const block of [blocks.dense0, blocks.dense1, blocks.dense2, blocks.dense3])
    last = await denseBlock(builder, last, block);
  const pooled = builder.pool('AvgPool', last, { size: [7, 7], strides: [2, 2], padding: 'valid' });
  const product = await builder.matrixProduct(builder.reshape(pooled, [-1, CHANNELS]), fc.weights);
  const points = builder.arithmetic('AddV2', product, await builder.weights(fc.bias));
  const graph = await loadGraph(builder.build(points, [null, 2 * POINTS]));
  return (picture) => valuesOf(() => graph.predict(picture.expandDims(0)));
}

/** Four convolutions, of which the first halves the sides; each takes the sum of what those before it gave. */
async function denseBlock(graph: GraphBuilder, from: string, block: Block): Promise<string> {
  const outputs = [graph.relu(await convolution(graph, from, block.conv0, 2))];
  let input = outputs[0];
  for (const layer of [block.conv1, block.conv2, block.conv3]) {
    outputs.push(await convolution(graph, input, layer, 1));
    // From the last one on, as face-api adds them up: the other way round, TensorFlow's own optimizer fails with an error.
    const sum = outputs.reduceRight((later, one) => graph.arithmetic('AddV2', one, later));
    input = graph.relu(sum);
  }
  return input;
}

async function convolution(graph: GraphBuilder, from: string, layer: Layer, stride: number): Promise<string> {
  const strides = [stride, stride];
  if ('filters' in layer) return graph.convolution(from, { kernel: layer.filters, bias: layer.bias, strides });
  const each = await graph.depthwiseConvolution(from, { kernel: layer.depthwise_filter, strides });
  return graph.convolution(each, { kernel: layer.pointwise_filter, bias: layer.bias, strides: [1, 1] });
}
