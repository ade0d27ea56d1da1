/** face-api's recognition network as one TensorFlow graph: the same weights and descriptors, in less time than operation by operation. */

import { GraphBuilder, loadGraph } from '../native';
import { tf } from '../tensorflow/load';
import { normalised } from './normalise';

interface ConvolutionWeights {
  conv: { filters: tf.Tensor4D; bias: tf.Tensor1D };
  /** What is left of batch normalization: a factor and an addend for each channel. */
  scale: { weights: tf.Tensor1D; biases: tf.Tensor1D };
}

type Block = Record<'conv1' | 'conv2', ConvolutionWeights>;

/** The network's weights as face-api keeps them: a ResNet of 29 convolutions. */
export type DescriptorWeights = { conv32_down: ConvolutionWeights; fc: tf.Tensor2D } & Record<
  (typeof BLOCKS)[number],
  Block
>;

// In the order of computation; those with `down` halve the sides.
const BLOCKS = [
  'conv32_1',
  'conv32_2',
  'conv32_3',
  'conv64_down',
  'conv64_1',
  'conv64_2',
  'conv64_3',
  'conv128_down',
  'conv128_1',
  'conv128_2',
  'conv256_down',
  'conv256_1',
  'conv256_2',
  'conv256_down_out',
] as const;
/** Side of the network's input, in pixels. */
export const CHIP_SIDE = 150;
/** Numbers in a descriptor. */
export const DESCRIPTOR_LENGTH = 128;

/** Feature maps within the graph, and their sizes. */
interface Maps {
  name: string;
  side: number;
  channels: number;
}

/**
 * Makes the recognition network.
 * @param weights face-api's, loaded
 * @returns       takes pictures [n, 150, 150, 3] (red, green, blue, 0 to 255); gives descriptors [n, 128], the caller's to dispose of
 * @source        github.com/vladmandic/face-api, src/faceRecognitionNet; weights of dlib's face recognition model
 */
export async function descriptorsOf(weights: DescriptorWeights): Promise<(pictures: tf.Tensor4D) => tf.Tensor2D> {
  const builder = new GraphBuilder([null, CHIP_SIDE, CHIP_SIDE, 3]);
  const first = await convolution(builder, normalised(builder), weights.conv32_down, { stride: 2, relu: true });
  const pooled = builder.pool('MaxPool', first, { size: [3, 3], strides: [2, 2], padding: 'valid' });
  let maps: Maps = { name: pooled, side: halved(halved(CHIP_SIDE, 7), 3), channels: 32 };
  for (const block of BLOCKS) {
    const step = block.includes('down') ? residualDown : residual;
    maps = await step(builder, maps, weights[block]);
  }
  const { name, side, channels } = maps;
  const mean = builder.pool('AvgPool', name, { size: [side, side], strides: [1, 1], padding: 'valid' });
  const descriptor = await builder.matrixProduct(builder.reshape(mean, [-1, channels]), weights.fc);
  const graph = await loadGraph(builder.build(descriptor, [null, DESCRIPTOR_LENGTH]));
  return (pictures) => graph.predict(pictures) as tf.Tensor2D;
}

/** Two convolutions whose result is added to what went in. */
async function residual(graph: GraphBuilder, from: Maps, { conv1, conv2 }: Block): Promise<Maps> {
  const inner = await convolution(graph, from.name, conv1, { stride: 1, relu: true });
  const outer = await convolution(graph, inner, conv2, { stride: 1, relu: false });
  return { ...from, name: graph.relu(graph.arithmetic('AddV2', outer, from.name)) };
}

/** The same with half the sides: the shorter of the two sums is filled up with zeros, in rows and columns or in channels. */
async function residualDown(graph: GraphBuilder, from: Maps, { conv1, conv2 }: Block): Promise<Maps> {
  const inner = await convolution(graph, from.name, conv1, { stride: 2, relu: true });
  const outer = await convolution(graph, inner, conv2, { stride: 1, relu: false });
  const pooled = graph.pool('AvgPool', from.name, { size: [2, 2], strides: [2, 2], padding: 'valid' });
  const [side, channels] = [Math.floor(from.side / 2), conv2.conv.filters.shape[3]];
  const missing = side - halved(from.side, 3);
  const filled = missing === 0 ? outer : graph.pad(outer, [0, missing, missing, 0]);
  const widened = channels === from.channels ? pooled : graph.pad(pooled, [0, 0, 0, channels - from.channels]);
  return { name: graph.relu(graph.arithmetic('AddV2', widened, filled)), side, channels };
}

/** The scale becomes part of the convolution: (x * k + b) w + a = x * (k w) + (b w + a). */
async function convolution(
  graph: GraphBuilder,
  from: string,
  { conv, scale }: ConvolutionWeights,
  { stride, relu }: { stride: 1 | 2; relu: boolean },
): Promise<string> {
  const [kernel, bias] = tf.tidy(() => [
    conv.filters.mul<tf.Tensor4D>(scale.weights),
    conv.bias.mul<tf.Tensor1D>(scale.weights).add<tf.Tensor1D>(scale.biases),
  ]);
  try {
    return await graph.convolution(from, {
      ...{ kernel, bias, strides: [stride, stride] },
      padding: stride === 2 ? 'valid' : 'same',
      activation: relu ? 'relu' : 'linear',
    });
  } finally {
    tf.dispose([kernel, bias]);
  }
}

/** Side after a window that moves by two and stays inside. */
function halved(side: number, window: number): number {
  return Math.floor((side - window) / 2) + 1;
}
