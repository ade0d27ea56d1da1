/** TensorFlow's own variables, which its training operations change in place. */

import type { tf as tfjs } from './load';

interface Attribute {
  name: string;
  type: number;
  value: unknown;
}

/** The part of tfjs-node's backend that runs any of TensorFlow's operations by name. */
export interface NodeBackend {
  binding: Record<'TF_ATTR_TYPE' | 'TF_ATTR_SHAPE' | 'TF_ATTR_STRING' | 'TF_ATTR_BOOL' | 'TF_FLOAT', number>;
  executeMultipleOutputs(name: string, attributes: Attribute[], inputs: tfjs.Tensor[], outputs: number): tfjs.Tensor[];
}

let made = 0;

/** A float32 variable that lives in TensorFlow. */
export class NativeVariable {
  /** What operations take as the variable. */
  readonly handle: tfjs.Tensor;
  private readonly type: Attribute;

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
    const attributes: Attribute[] = [
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
    return this.backend.executeMultipleOutputs('ReadVariableOp', [this.type], [this.handle], 1)[0];
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
