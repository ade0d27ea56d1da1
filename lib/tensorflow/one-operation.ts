/** Many operations of TensorFlow called as one: on a GPU, calling them takes longer than computing them. */

import { encodeGraph } from '../graphs';
import type { tf as tfjs } from './load';
import type { NodeBackend } from './native-variable';
import { Recording, type RecordedGraph, type TensorKey } from './recording';

type Tf = typeof tfjs;
type Tensors = tfjs.Tensor[];

/** Tensors to tensors. */
export type TensorFunction = (inputs: Tensors) => Tensors;

/** A graph that TensorFlow holds. */
interface Held {
  state: 'held';
  name: string;
  outputs: number;
  /** Whether it has run. */
  proven: boolean;
}

/** What is known of inputs of one form: they came once, their graph was recorded once, or how they are computed from now on. */
type Known = { state: 'came once' } | { state: 'recorded'; graph: Uint8Array } | Held | { state: 'op by op' };

let made = 0;
let eager: boolean | undefined;
let recordsNow = false;
const abandoned = new FinalizationRegistry((forget: () => void) => forget());

/**
 * Chooses how steps of a training run: as one operation of TensorFlow's, or operation by operation, which is easier to look
 * into, such as for a NaN. Like Keras's run_eagerly.
 * @param value true: operation by operation; false: as one; undefined, the default: as one on a GPU only
 */
export function runEagerly(value: boolean | undefined): void {
  eager = value;
}

/** Whether functions run as one operation now. */
export function runsAsOne(tf: Tf): boolean {
  const backend = tf.backend() as unknown as NodeBackend;
  // Within a recording, operations belong to that.
  return !recordsNow && !(eager ?? !backend.isUsingGpuDevice);
}

/**
 * A function that runs as one operation from its fourth call on, with inputs of the same shapes. In the second and third its
 * operations are recorded; where both give the same graph, TensorFlow joins and orders that for speed. Where they differ, as
 * where random numbers are drawn, or can't be a graph, the function stays as it is. All tensors that it uses, a model's weights
 * too, must be among its inputs; a number that changes later than at the third call must be one, as a tensor, and what
 * JavaScript decides by then, such as by an `if`, stays decided.
 * @param tf the loaded package
 * @param f  computes with TensorFlow's operations; the tensors that it returns are the caller's
 * @returns  the same function; what TensorFlow holds of it is freed when the function itself is
 */
export function oneOperation(tf: Tf, f: TensorFunction): TensorFunction {
  const known = new Map<string, Known>();
  const call = (inputs: Tensors): Tensors => {
    if (!runsAsOne(tf)) return f(inputs);
    const backend = tf.backend() as unknown as NodeBackend;
    const form = formOf(inputs);
    const found = known.get(form);
    // A function that is called once, such as a single step's, isn't worth recording.
    if (found === undefined) known.set(form, { state: 'came once' });
    if (found === undefined || found.state === 'op by op') return f(inputs);
    if (found.state === 'held') {
      const outputs = run(backend, found, inputs);
      if (outputs) return outputs;
      known.set(form, { state: 'op by op' });
      return f(inputs);
    }
    const { outputs, graph } = record(backend, f, inputs);
    const before = found.state === 'recorded' ? found.graph : undefined;
    known.set(form, graph ? judge(backend, call, graph, before) : { state: 'op by op' });
    return outputs;
  };
  return call;
}

/** Types and shapes of tensors, and which of them are one and the same: in a graph these are one input. */
function formOf(inputs: Tensors): string {
  const first = new Map<object, number>();
  const one = ({ dtype, shape, dataId }: tfjs.Tensor, i: number): string => {
    const place = first.get(dataId) ?? i;
    first.set(dataId, place);
    return `${dtype}[${shape.join()}]${place === i ? '' : `=${place}`}`;
  };
  return inputs.map(one).join();
}

/** Its outputs; undefined where TensorFlow turns out not to be able to run it. */
function run(backend: NodeBackend, held: Held, inputs: Tensors): Tensors | undefined {
  try {
    const outputs = backend.executeMultipleOutputs(held.name, [], inputs, held.outputs);
    held.proven = true;
    return outputs;
  } catch (error) {
    // Where memory ran out, variables may have been changed, so that the step mustn't be made again.
    if (held.proven || /OOM|exhausted/i.test(String(error))) throw error;
    warn(error);
    return undefined;
  }
}

function record(backend: NodeBackend, f: TensorFunction, inputs: Tensors): { outputs: Tensors; graph?: RecordedGraph } {
  const { binding } = backend;
  const recording = new Recording(binding, keysOf(backend, inputs));
  backend.binding = recording.binding;
  recordsNow = true;
  let outputs: Tensors;
  try {
    outputs = f(inputs);
    // Brings values into TensorFlow that are only in JavaScript so far.
    backend.getInputTensorIds(outputs);
  } finally {
    backend.binding = binding;
    recordsNow = false;
  }
  return { outputs, graph: recording.graph(keysOf(backend, outputs)) };
}

function keysOf(backend: NodeBackend, tensors: Tensors): TensorKey[] {
  const ids = backend.getInputTensorIds(tensors);
  return tensors.map(({ dataId }, i) => ({ id: ids[i], dtype: backend.tensorMap.get(dataId).dtype }));
}

/** What follows from a recorded graph, and from the one before where there is one. */
function judge(backend: NodeBackend, owner: TensorFunction, graph: RecordedGraph, before?: Uint8Array): Known {
  const { inputs, outputs } = graph;
  const bytes = encodeGraph(graph.nodes);
  if (before === undefined) return { state: 'recorded', graph: bytes };
  if (Buffer.compare(before, bytes) !== 0) return { state: 'op by op' };
  const name = `celeba_lab_${made++}`;
  try {
    backend.binding.addFunction(name, bytes, inputs, outputs);
  } catch (error) {
    warn(error);
    return { state: 'op by op' };
  }
  abandoned.register(owner, () => backend.binding.removeFunction(name));
  return { state: 'held', name, outputs: outputs.length, proven: false };
}

function warn(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  process.emitWarning(`A step runs operation by operation, which is slower: TensorFlow refuses its graph (${reason}).`);
}
