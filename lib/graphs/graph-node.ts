/** Nodes of a TensorFlow graph, as plain objects that graph-schema.ts encodes. */

/** Types of TensorFlow, by their numbers in types.proto. */
const TYPES = { float32: 1, int32: 3, bool: 10, bfloat16: 14, resource: 20 } as const;

/** A type of values in a graph. */
export type TypeName = keyof typeof TYPES;

/** The type with TensorFlow's number for it; undefined where graphs here have none such. */
export function typeNamed(number: number): TypeName | undefined {
  return (Object.keys(TYPES) as TypeName[]).find((name) => TYPES[name] === number);
}

/** A shape as tensor_shape.proto has it; -1 stands for any size. */
export interface Shape {
  dim: { size: number }[];
}

/** One attribute of a node: exactly one of its fields is there. */
export interface Attribute {
  s?: Uint8Array;
  i?: number;
  f?: number;
  b?: boolean;
  type?: number;
  shape?: Shape;
  list?: { i?: number[]; f?: number[]; b?: boolean[] };
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
export function typed(type: TypeName): Attribute {
  return { type: TYPES[type] };
}

/** The attribute that is a text. */
export function text(value: string): Attribute {
  return { s: Buffer.from(value) };
}

/** The attribute that is a whole number. */
export function number(value: number): Attribute {
  return { i: value };
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
 * A constant.
 * @param floats its values, row by row
 * @param type   bfloat16 rounds to the nearest, ties to even, as TensorFlow's Cast does
 */
export function constantNode(
  name: string,
  floats: Float32Array,
  shape: readonly number[],
  type: 'float32' | 'bfloat16',
): GraphNode {
  const content =
    type === 'bfloat16'
      ? bytesOf(toBfloat16(floats))
      : new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
  return contentNode(name, type, shape, content);
}

/**
 * A constant of whole numbers, such as a shape or an axis.
 * @param shape [] for a single number
 */
export function integersNode(name: string, values: number[], shape: number[]): GraphNode {
  return contentNode(name, 'int32', shape, new Uint8Array(Int32Array.from(values).buffer));
}

/**
 * A constant of any type.
 * @param shape         [] for a single number
 * @param tensorContent the bytes of its values, row by row, as this machine orders them
 */
export function contentNode(
  name: string,
  type: TypeName,
  shape: readonly number[],
  tensorContent: Uint8Array,
): GraphNode {
  const tensorShape: Shape = { dim: shape.map((size) => ({ size })) };
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
