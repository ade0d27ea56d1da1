/** Notes the operations that run inside TensorFlow, as nodes of a graph that computes the same. */

import {
  contentNode,
  integersNode,
  list,
  number,
  shapeOf,
  text,
  typed,
  typeNamed,
  type Attribute,
  type GraphNode,
  type TypeName,
} from '../graphs';
import type { Binding, OperationAttribute, TensorMetadata } from './native-variable';

/** A graph of recorded operations. */
export interface RecordedGraph {
  nodes: GraphNode[];
  /** Names of the inputs, as they were given. */
  inputs: string[];
  /** Names of the outputs, with the index of the value: `node:0`. */
  outputs: string[];
}

/** A tensor in TensorFlow. */
export interface TensorKey {
  id: number;
  /** TensorFlow's number for its type. */
  dtype: number;
}

// How constants of these types lie in memory; of others there are none.
const ARRAYS: Partial<Record<TypeName, typeof Float32Array | typeof Int32Array | typeof Uint8Array>> = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
};
// More values than this are hardly a constant, and a graph isn't the place for them.
const MOST_CONSTANT_VALUES = 4096;
// What they give changes from call to call, though neither inputs nor attributes do.
const CHANCE = /Random|Multinomial|TruncatedNormal/;

/** Takes the place of tfjs-node's binding for a while; all calls go through to it. */
export class Recording {
  /** What stands in for the binding. */
  readonly binding: Binding;
  private readonly nodes: GraphNode[] = [];
  /** Where in the graph each tensor is, and its type. */
  private readonly places = new Map<number, { name: string; dtype: number }>();
  private readonly inputs: string[] = [];
  /** The last operation on each variable; the next one has to wait for it. */
  private readonly lastOn = new Map<number, string>();
  private readonly variables = new Set<number>();
  /** Whether something can't be written down. */
  private failed = false;

  constructor(
    private readonly real: Binding,
    inputs: readonly TensorKey[],
  ) {
    for (const { id, dtype } of inputs) this.addInput(id, dtype);
    const createTensor: Binding['createTensor'] = (shape, dtype, values) => {
      const id = real.createTensor(shape, dtype, values);
      if (!this.failed) this.addConstant(id, shape, dtype, values);
      return id;
    };
    const executeOp: Binding['executeOp'] = (name, attributes, ids, count) => {
      const outputs = real.executeOp(name, attributes, ids, count);
      if (!this.failed) this.addOperation(name, attributes, ids, outputs);
      return outputs;
    };
    // What JavaScript reads it may decide by, and a graph would not.
    const tensorDataSync: Binding['tensorDataSync'] = (id) => {
      this.failed = true;
      return real.tensorDataSync(id);
    };
    // The real one's are read-only, and not enumerable.
    this.binding = Object.create(real, {
      createTensor: { value: createTensor },
      executeOp: { value: executeOp },
      tensorDataSync: { value: tensorDataSync },
    }) as Binding;
  }

  /**
   * The graph of what was recorded; undefined where something in it can't be written down.
   * @param outputs the tensors that it shall give
   */
  graph(outputs: readonly TensorKey[]): RecordedGraph | undefined {
    // Changes of variables that no output needs.
    const changes = [...this.lastOn.values()].map((name) => `^${name}`);
    const names = outputs.map(({ id, dtype }, i) => {
      const input = [this.placeOf(id), ...(i === 0 ? changes : [])];
      return `${this.push({ name: `output_${i}`, op: 'Identity', input, attr: { T: { type: dtype } } })}:0`;
    });
    return this.failed ? undefined : { nodes: this.nodes, inputs: this.inputs, outputs: names };
  }

  private addInput(id: number, dtype: number): void {
    const name = this.push({
      name: this.next('input'),
      op: 'Placeholder',
      input: [],
      attr: { dtype: { type: dtype } },
    });
    this.inputs.push(name);
    // The same tensor may come twice.
    if (!this.places.has(id)) this.places.set(id, { name, dtype });
    if (typeNamed(dtype) === 'resource') this.variables.add(id);
  }

  private addConstant(id: number, shape: number[], dtype: number, values: ArrayLike<number>): void {
    const type = typeNamed(dtype);
    const array = type && ARRAYS[type];
    const filled = values.length > 1 && Array.prototype.every.call(values, (value) => Object.is(value, values[0]));
    if (type === undefined || array === undefined || (!filled && values.length > MOST_CONSTANT_VALUES)) {
      this.failed = true;
      return;
    }
    const constant = (of: ArrayLike<number>, size: readonly number[]): string =>
      this.push(contentNode(this.next('constant'), type, size, new Uint8Array(array.from(of).buffer)));
    // Of JavaScript come such as the ones, of a whole feature map's size, in the gradient of a mean.
    const name = filled ? this.fill(constant([values[0]], []), shape, dtype) : constant(values, shape);
    this.places.set(id, { name, dtype });
  }

  private fill(value: string, shape: readonly number[], dtype: number): string {
    const dims = this.push(integersNode(this.next('constant'), [...shape], [shape.length]));
    const attr = { T: { type: dtype }, index_type: typed('int32') };
    return this.push({ name: this.next('Fill'), op: 'Fill', input: [dims, value], attr });
  }

  private addOperation(op: string, attributes: OperationAttribute[], ids: number[], outputs: TensorMetadata[]): void {
    if (CHANCE.test(op)) this.failed = true;
    const waits = ids.flatMap((id) => (this.lastOn.has(id) ? [`^${this.lastOn.get(id)}`] : []));
    const name = this.next(op);
    const types = ids.map((id) => this.places.get(id)?.dtype);
    const attr = Object.fromEntries(attributes.map((one) => [one.name, this.attribute(one, types)]));
    this.push({ name, op, input: [...ids.map((id) => this.placeOf(id)), ...waits], attr });
    for (const id of ids) if (this.variables.has(id)) this.lastOn.set(id, name);
    outputs.forEach(({ id, dtype }, i) => this.places.set(id, { name: i === 0 ? name : `${name}:${i}`, dtype }));
  }

  private placeOf(id: number): string {
    const place = this.places.get(id);
    // A tensor from outside that is no input.
    if (place === undefined) this.failed = true;
    return place?.name ?? '';
  }

  private attribute({ name, type, value }: OperationAttribute, types: (number | undefined)[]): Attribute {
    const { TF_ATTR_STRING, TF_ATTR_INT, TF_ATTR_FLOAT, TF_ATTR_BOOL, TF_ATTR_TYPE, TF_ATTR_SHAPE } = this.real;
    const many = Array.isArray(value);
    if (type === TF_ATTR_STRING) return text(String(value));
    if (type === TF_ATTR_INT) return many ? list(value as number[]) : number(value as number);
    if (type === TF_ATTR_FLOAT) return many ? { list: { f: value as number[] } } : { f: value as number };
    if (type === TF_ATTR_BOOL) return many ? { list: { b: value as boolean[] } } : { b: value as boolean };
    // Of operations run one by one TensorFlow takes T from the inputs, and some kernels name another.
    if (type === TF_ATTR_TYPE)
      return { type: name === 'T' && !types.includes(value as number) ? (types[0] ?? 0) : (value as number) };
    if (type === TF_ATTR_SHAPE) return shapeOf(value as number[]);
    this.failed = true;
    return {};
  }

  private push(node: GraphNode): string {
    this.nodes.push(node);
    return node.name;
  }

  private next(kind: string): string {
    return `${kind}_${this.nodes.length}`;
  }
}
