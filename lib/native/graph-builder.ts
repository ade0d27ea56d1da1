/** Writes a TensorFlow graph operation by operation; weights become constants in it. */

import type { tf } from '../tensorflow/load';
import { constantNode, integersNode, list, number, shapeOf, text, typed, type GraphNode } from '../graphs';

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

/** What comes behind a convolution. */
export type Activation = 'linear' | 'relu' | 'relu6';

/** A convolution: its weights, and how it goes over the picture. */
export interface Convolution {
  /** [height, width, channels in, channels out]; of a depthwise one [height, width, channels, 1]. */
  kernel: tf.Tensor;
  /** [channels out]; missing: none. */
  bias?: tf.Tensor;
  strides: number[];
  /** Default same. */
  padding?: string;
  /** Default linear. */
  activation?: Activation;
}

/** A pooling: size of its window, and how it goes over the picture. */
export interface Pooling {
  size: number[];
  strides: number[];
  padding: string;
}

const INPUT = 'input';
const OPERATIONS = { relu: 'Relu', relu6: 'Relu6' } as const;

/** A graph that grows; each method adds operations and returns the name of the last, for others to compute from. */
export class GraphBuilder {
  /** Name of the input. */
  readonly input = INPUT;
  private readonly nodes: GraphNode[];
  private count = 0;

  /**
   * @param inputShape of the input; null is any number
   * @param precision  in which the operations compute; input and output are cast by the caller, see `cast`
   */
  constructor(
    private readonly inputShape: (number | null)[],
    private readonly precision: Precision = 'float32',
  ) {
    const attr = { dtype: typed('float32'), shape: shapeOf(inputShape) };
    this.nodes = [{ name: INPUT, op: 'Placeholder', input: [], attr }];
  }

  /** A convolution with its bias and activation. */
  convolution(from: string, given: Convolution): Promise<string> {
    return this.convolve('Conv2D', from, given);
  }

  /** A convolution of each channel by itself. */
  depthwiseConvolution(from: string, given: Convolution): Promise<string> {
    return this.convolve('DepthwiseConv2dNative', from, given);
  }

  /** Values below 0 become 0. */
  relu(from: string): string {
    return this.add('Relu', [from], { T: this.type });
  }

  /** The largest value, or the mean, of each window. */
  pool(kind: 'MaxPool' | 'AvgPool', from: string, { size, strides, padding }: Pooling): string {
    return this.add(kind, [from], {
      T: this.type,
      ksize: list([1, ...size, 1]),
      strides: list([1, ...strides, 1]),
      padding: text(padding.toUpperCase()),
      data_format: text('NHWC'),
    });
  }

  /** Sum, difference or product, value by value. */
  arithmetic(kind: 'AddV2' | 'Sub' | 'Mul', a: string, b: string): string {
    return this.add(kind, [a, b], { T: this.type });
  }

  /** Rows times a matrix [in, out]. */
  async matrixProduct(from: string, matrix: tf.Tensor): Promise<string> {
    return this.add('MatMul', [from, await this.weights(matrix)], { T: this.type });
  }

  /** The same values in another shape; one of its numbers may be -1. */
  reshape(from: string, shape: number[]): string {
    const target = this.integers(shape);
    return this.add('Reshape', [from, target], { T: this.type, Tshape: typed('int32') });
  }

  /**
   * With zeros behind the last values.
   * @param after how many, for each axis
   */
  pad(from: string, after: number[]): string {
    const rooms = this.integers(
      after.flatMap((count) => [0, count]),
      [after.length, 2],
    );
    return this.add('Pad', [from, rooms], { T: this.type, Tpaddings: typed('int32') });
  }

  /** Side by side along an axis. */
  concat(parts: string[], axis: number): string {
    const attr = { T: this.type, Tidx: typed('int32'), N: number(parts.length) };
    return this.add('ConcatV2', [...parts, this.integers([axis], [])], attr);
  }

  /** To another number format. */
  cast(from: string, source: Precision, target: Precision): string {
    return this.add('Cast', [from], { SrcT: typed(source), DstT: typed(target) });
  }

  /** Weights as they are now; the tensor stays the caller's. */
  async weights(values: tf.Tensor): Promise<string> {
    return this.constant((await values.data()) as Float32Array, values.shape);
  }

  /**
   * Numbers that don't change.
   * @param shape default one row of them
   */
  numbers(values: readonly number[], shape = [values.length]): string {
    return this.constant(Float32Array.from(values), shape);
  }

  /**
   * The whole graph.
   * @param output      name of its last operation
   * @param outputShape of that; null is any number
   */
  build(output: string, outputShape: (number | null)[]): GraphDefinition {
    return { nodes: this.nodes, input: INPUT, output, inputShape: this.inputShape, outputShape };
  }

  private get type(): GraphNode['attr'][string] {
    return typed(this.precision);
  }

  private async convolve(
    op: string,
    from: string,
    { kernel, bias, strides, padding = 'same', activation = 'linear' }: Convolution,
  ): Promise<string> {
    const T = this.type;
    let last = this.add(op, [from, await this.weights(kernel)], {
      T,
      strides: list([1, ...strides, 1]),
      padding: text(padding.toUpperCase()),
      data_format: text('NHWC'),
    });
    if (bias) last = this.add('BiasAdd', [last, await this.weights(bias)], { T });
    return activation === 'linear' ? last : this.add(OPERATIONS[activation], [last], { T });
  }

  private constant(values: Float32Array, shape: readonly number[]): string {
    return this.push(constantNode(this.nextName('constant'), values, shape, this.precision));
  }

  private integers(values: number[], shape = [values.length]): string {
    return this.push(integersNode(this.nextName('integers'), values, shape));
  }

  private add(op: string, input: string[], attr: GraphNode['attr']): string {
    return this.push({ name: this.nextName(op), op, input, attr });
  }

  private push(node: GraphNode): string {
    this.nodes.push(node);
    return node.name;
  }

  private nextName(kind: string): string {
    return `${kind}_${++this.count}`;
  }
}
