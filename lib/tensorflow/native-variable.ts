/** TensorFlow's own variables, which its training operations change in place. */

import type { tf as tfjs } from './load';

/** An attribute of an operation, as tfjs-node's binding takes it. */
export interface OperationAttribute {
  name: string;
  /** One of the binding's TF_ATTR_ numbers. */
  type: number;
  value: unknown;
}

/** A tensor in TensorFlow, as tfjs-node's binding tells of it. */
export interface TensorMetadata {
  id: number;
  shape: number[];
  /** TensorFlow's number for its type. */
  dtype: number;
}

type AttributeKind = 'STRING' | 'INT' | 'FLOAT' | 'BOOL' | 'TYPE' | 'SHAPE';

/** The part of tfjs-node's binding that is used here; the last two are from scripts/addon/graph-functions.cc. */
export type Binding = Record<`TF_ATTR_${AttributeKind}` | 'TF_FLOAT', number> & {
  createTensor(shape: number[], dtype: number, values: ArrayLike<number>): number;
  executeOp(name: string, attributes: OperationAttribute[], inputs: number[], outputs: number): TensorMetadata[];
  tensorDataSync(id: number): unknown;
  addFunction(name: string, graph: Uint8Array, inputs: string[], outputs: string[]): void;
  removeFunction(name: string): void;
};

/** The part of tfjs-node's backend that runs any of TensorFlow's operations by name. */
export interface NodeBackend {
  binding: Binding;
  readonly isUsingGpuDevice: boolean;
  readonly tensorMap: { get(dataId: object): { dtype: number } };
  getInputTensorIds(tensors: tfjs.Tensor[]): number[];
  executeMultipleOutputs(
    name: string,
    attributes: OperationAttribute[],
    inputs: tfjs.Tensor[],
    outputs: number,
  ): tfjs.Tensor[];
}

/** The value of a float32 variable that lives in TensorFlow. */
export function readVariable(backend: NodeBackend, handle: tfjs.Tensor): tfjs.Tensor {
  const { TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
  const attributes = [{ name: 'dtype', type: TF_ATTR_TYPE, value: TF_FLOAT }];
  return backend.executeMultipleOutputs('ReadVariableOp', attributes, [handle], 1)[0];
}

let made = 0;

/** A float32 variable that lives in TensorFlow. */
export class NativeVariable {
  /** What operations take as the variable. */
  readonly handle: tfjs.Tensor;
  private readonly type: OperationAttribute;

  /**
   * @param tf      the loaded package
   * @param initial its first value
   */
  constructor(
    private readonly tf: typeof tfjs,
    initial: tfjs.Tensor,
  ) {
    const { binding } = this.backend;
    this.type = { name: 'dtype', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
    const attributes: OperationAttribute[] = [
      this.type,
      { name: 'shape', type: binding.TF_ATTR_SHAPE, value: initial.shape },
      // Variables of one name are one variable.
      { name: 'shared_name', type: binding.TF_ATTR_STRING, value: `celeba-lab/${made++}` },
    ];
    this.handle = tf.keep(this.backend.executeMultipleOutputs('VarHandleOp', attributes, [], 1)[0]);
    this.write(initial);
  }

  /** Its value; shares memory with the variable until that changes. */
  read(): tfjs.Tensor {
    return readVariable(this.backend, this.handle);
  }

  /** Sets its value. */
  write(value: tfjs.Tensor): void {
    this.backend.executeMultipleOutputs('AssignVariableOp', [this.type], [this.handle, value], 0);
  }

  /** Frees it in TensorFlow. */
  dispose(): void {
    this.backend.executeMultipleOutputs('DestroyResourceOp', [], [this.handle], 0);
    this.handle.dispose();
  }

  private get backend(): NodeBackend {
    return this.tf.backend() as unknown as NodeBackend;
  }
}
