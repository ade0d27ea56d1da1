/** The same computation as a chain of layers, written down as a TensorFlow graph whose weights are constants. */

import type { tf } from '../tensorflow/load';
import { constantNode, list, shapeOf, typed, type GraphNode } from './graph-node';

/** Number format of the convolutions inside a graph; inputs and outputs are float32 either way. */
export type Precision = 'float32' | 'bfloat16';

/** A graph with one input and one output. */
export interface GraphDefinition {
  /** Nodes in the order of computation. */
  nodes: GraphNode[];
  /** Names of the first and the last node. */
  input: string;
  output: string;
  /** Their shapes; the first number, photos in a batch, is null. */
  inputShape: (number | null)[];
  outputShape: (number | null)[];
}

interface ConvolutionConfig {
  kernelSize: number[];
  strides: number[];
  padding: string;
  dataFormat: string;
  dilationRate: number[];
  activation: string;
  useBias: boolean;
}

interface PoolConfig {
  poolSize: number[];
  strides: number[];
  padding: string;
  dataFormat: string;
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
  const input = 'input';
  const inputShape = (layers[0].getInputAt(0) as tf.SymbolicTensor).shape;
  const nodes: GraphNode[] = [
    { name: input, op: 'Placeholder', input: [], attr: { dtype: typed('float32'), shape: shapeOf(inputShape) } },
  ];
  let last = input;
  const add = (name: string, op: string, inputs: string[], attr: GraphNode['attr']): void => {
    nodes.push({ name, op, input: inputs, attr });
    last = name;
  };
  const cast = (name: string, from: Precision, to: Precision): void =>
    add(name, 'Cast', [last], { SrcT: typed(from), DstT: typed(to) });

  if (precision !== 'float32') cast('to_bfloat16', 'float32', precision);
  for (const layer of layers) {
    if (layer.getClassName() === 'Conv2D') {
      for (const node of await convolutionNodes(layer, last, precision)) add(node.name, node.op, node.input, node.attr);
    }
    if (layer.getClassName() === 'MaxPooling2D') add(layer.name, 'MaxPool', [last], poolAttributes(layer, precision));
  }
  if (precision !== 'float32') cast('to_float32', precision, 'float32');
  return { nodes, input, output: last, inputShape, outputShape: outputShapeOf(layers) };
}

function outputShapeOf(layers: readonly tf.layers.Layer[]): (number | null)[] {
  return (layers[layers.length - 1].getOutputAt(0) as tf.SymbolicTensor).shape;
}

async function convolutionNodes(layer: tf.layers.Layer, input: string, precision: Precision): Promise<GraphNode[]> {
  const { strides, padding, useBias, activation } = layer.getConfig() as unknown as ConvolutionConfig;
  const [kernel, bias] = layer.getWeights();
  const { name } = layer;
  const T = typed(precision);
  const nodes: GraphNode[] = [
    await constantNode(`${name}/kernel`, kernel, precision),
    {
      name: `${name}/convolution`,
      op: 'Conv2D',
      input: [input, `${name}/kernel`],
      attr: { T, strides: list([1, ...strides, 1]), padding: text(padding.toUpperCase()), data_format: text('NHWC') },
    },
  ];
  const last = (): string => nodes[nodes.length - 1].name;
  if (useBias) {
    const sum = { name: `${name}/bias_add`, op: 'BiasAdd', input: [last(), `${name}/bias`], attr: { T } };
    nodes.push(await constantNode(`${name}/bias`, bias, precision), sum);
  }
  if (activation === 'relu') nodes.push({ name: `${name}/relu`, op: 'Relu', input: [last()], attr: { T } });
  return nodes;
}

function poolAttributes(layer: tf.layers.Layer, precision: Precision): GraphNode['attr'] {
  const { poolSize, strides, padding } = layer.getConfig() as unknown as PoolConfig;
  return {
    T: typed(precision),
    ksize: list([1, ...poolSize, 1]),
    strides: list([1, ...strides, 1]),
    padding: text(padding.toUpperCase()),
    data_format: text('NHWC'),
  };
}

function text(value: string): GraphNode['attr'][string] {
  return { s: Buffer.from(value) };
}
