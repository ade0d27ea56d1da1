/** Nodes of a TensorFlow graph, as plain objects that the SavedModel schema encodes. */

import type { tf } from '../tensorflow/load';

/** Types of TensorFlow, by their numbers in types.proto. */
const TYPES = { float32: 1, bfloat16: 14 } as const;

/** A shape as tensor_shape.proto has it; -1 stands for any size. */
export interface Shape {
  dim: { size: number }[];
}

/** One attribute of a node: exactly one of its fields is there. */
export interface Attribute {
  s?: Uint8Array;
  type?: number;
  shape?: Shape;
  list?: { i: number[] };
  tensor?: { dtype: number; tensorShape: Shape; tensorContent: Uint8Array };
}

/** One operation. */
export interface GraphNode {
  name: string;
  op: string;
  /** Names of the nodes that it computes from. */
  input: string[];
  attr: Record<string, Attribute>;
}

/** The attribute that names a type. */
export function typed(type: keyof typeof TYPES): Attribute {
  return { type: TYPES[type] };
}

/** The attribute that is a list of whole numbers, such as strides. */
export function list(values: number[]): Attribute {
  return { list: { i: values } };
}

/** The attribute that is a shape; null becomes "any size". */
export function shapeOf(shape: readonly (number | null)[]): Attribute {
  return { shape: { dim: shape.map((size) => ({ size: size ?? -1 })) } };
}

/**
 * A constant with the values of a tensor.
 * @param values float32 of any shape
 * @param type   bfloat16 rounds to the nearest, ties to even, as TensorFlow's Cast does
 */
export async function constantNode(name: string, values: tf.Tensor, type: keyof typeof TYPES): Promise<GraphNode> {
  const floats = (await values.data()) as Float32Array;
  const tensorContent =
    type === 'bfloat16'
      ? bytesOf(toBfloat16(floats))
      : new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
  const tensorShape: Shape = { dim: values.shape.map((size) => ({ size })) };
  const tensor = { dtype: TYPES[type], tensorShape, tensorContent };
  return { name, op: 'Const', input: [], attr: { dtype: typed(type), value: { tensor } } };
}

/**
 * The upper halves of float32 values, rounded.
 * @param floats finite values
 * @example toBfloat16(new Float32Array([1])) // Uint16Array [0x3f80]
 */
export function toBfloat16(floats: Float32Array): Uint16Array {
  const bits = new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
  // Half of the last kept bit, and one more where that bit is odd: ties go to even.
  return Uint16Array.from(bits, (word) => (word + 0x7fff + ((word >>> 16) & 1)) >>> 16);
}

function bytesOf(values: Uint16Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
