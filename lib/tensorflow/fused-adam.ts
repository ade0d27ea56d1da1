/** Adam's step as TensorFlow's one operation for it, under tf.train.adam, instead of a dozen that each go through all weights. */

import type { tf as tfjs } from './load';
import { NativeVariable, readVariable, type NodeBackend } from './native-variable';
import { oneOperation, type TensorFunction } from './one-operation';

type Tf = typeof tfjs;
type Gradients = tfjs.NamedTensorMap | { name: string; tensor: tfjs.Tensor }[];
type Order = 'first' | 'second';

/** The fields of tfjs's Adam that its public type hides. */
interface Adam {
  beta1: number;
  beta2: number;
  epsilon: number;
  learningRate: number;
  /** Powers of the betas at the coming step. */
  accBeta1: tfjs.Variable;
  accBeta2: tfjs.Variable;
  incrementIterations(): void;
}

/** A moment as tfjs's Adam holds it, for saving and loading. */
interface Moment {
  originalName: string;
  variable: tfjs.Variable;
}

/** What an optimizer remembers of one weight. */
interface Trained {
  name: string;
  weight: NativeVariable;
  /** The weight's value after the last step; where it has another, somebody has set it since. */
  dataId: object;
  first: NativeVariable;
  second: NativeVariable;
}

/**
 * Puts TensorFlow's ResourceApplyAdam under `tf.train.adam`: the formula of TensorFlow.js, epsilon after the bias correction,
 * within float32's rounding of what its separate operations give. Saving and loading an optimizer stay as they are.
 * @param tf the loaded package
 * @source   D. P. Kingma, J. Ba, arXiv:1412.6980; tensorflow/core/kernels/training_ops.cc
 */
export function installFusedAdam(tf: Tf): void {
  if (tf.getBackend() !== 'tensorflow') return;
  const memories = new WeakMap<object, AdamMemory>();
  const memoryOf = (adam: object): AdamMemory => {
    const memory = memories.get(adam) ?? new AdamMemory(tf);
    memories.set(adam, memory);
    return memory;
  };
  const prototype = tf.AdamOptimizer.prototype as unknown as Record<string, unknown>;
  prototype.applyGradients = function (this: Adam, gradients: Gradients): void {
    tf.tidy(() => memoryOf(this).step(this, gradients));
    this.incrementIterations();
  };
  prototype.dispose = function (this: Adam): void {
    tf.dispose([this.accBeta1, this.accBeta2]);
    memoryOf(this).dispose();
  };
  for (const order of ['first', 'second'] as const) {
    // tfjs's Adam keeps its moments in fields of these names and saves and loads them from there.
    Object.defineProperty(prototype, order === 'first' ? 'accumulatedFirstMoment' : 'accumulatedSecondMoment', {
      get(this: object) {
        return memoryOf(this).moments(order);
      },
      set(this: object, moments: Moment[]) {
        memoryOf(this).load(order, moments);
      },
    });
  }
}

/** The moments of one optimizer: in TensorFlow while it steps, as tensors while somebody looks at them or has loaded them. */
class AdamMemory {
  private trained: Trained[] = [];
  private move: TensorFunction | undefined;
  private readonly shown: Record<Order, Moment[] | undefined> = { first: undefined, second: undefined };

  constructor(private readonly tf: Tf) {}

  step(adam: Adam, gradients: Gradients): void {
    const { tf } = this;
    const pairs = Array.isArray(gradients)
      ? gradients.map(({ name, tensor }) => [name, tensor] as const)
      : Object.entries(gradients);
    const moving = pairs.flatMap(([name, gradient], i) => {
      const value = tf.engine().registeredVariables[name];
      const trained = (this.trained[i] ??= this.begin(name, value, i));
      if (value.dataId !== trained.dataId) trained.weight.write(value);
      trained.dataId = value.dataId;
      return gradient ? [{ value, trained, gradient }] : [];
    });
    this.move ??= oneOperation(tf, (inputs) => this.applyAdam(adam, inputs));
    const handles = moving.flatMap(({ trained: { weight, first, second } }) => [weight, first, second]);
    const [accBeta1, accBeta2, ...moved] = this.move([
      ...[adam.accBeta1, adam.accBeta2, tf.scalar(adam.learningRate)],
      ...moving.map(({ gradient }) => gradient),
      ...handles.map(({ handle }) => handle),
    ]);
    moving.forEach(({ value, trained }, i) => {
      value.assign(moved[i]);
      trained.dataId = value.dataId;
    });
    this.hide();
    adam.accBeta1.assign(accBeta1);
    adam.accBeta2.assign(accBeta2);
  }

  /** The moments as tfjs keeps them; they are this memory's own, until the next step. */
  moments(order: Order): Moment[] {
    const { tf } = this;
    return (this.shown[order] ??= this.trained.map((trained) => ({
      originalName: `${trained.name}/${order === 'first' ? 'm' : 'v'}`,
      variable: tf.tidy(() => trained[order].read().variable(false)),
    })));
  }

  load(order: Order, moments: Moment[]): void {
    this.shown[order] = moments;
    // The state of an optimizer that has taken no step: moments begin anew.
    if (moments.length === 0) this.forget();
    moments.forEach(({ variable }, i) => this.trained[i]?.[order].write(variable));
  }

  dispose(): void {
    this.hide();
    this.forget();
  }

  private forget(): void {
    for (const { weight, first, second } of this.trained) for (const one of [weight, first, second]) one.dispose();
    this.trained = [];
  }

  private begin(name: string, value: tfjs.Tensor, index: number): Trained {
    const { tf } = this;
    const moment = (order: Order): NativeVariable =>
      new NativeVariable(tf, this.shown[order]?.[index]?.variable ?? tf.zerosLike(value));
    const weight = new NativeVariable(tf, value);
    return { name, weight, dataId: value.dataId, first: moment('first'), second: moment('second') };
  }

  /**
   * Adam's step on all weights.
   * @param inputs powers of the betas, the learning rate, gradients, and for each of these weight, first and second moment
   * @returns      the next powers, and the weights
   */
  private applyAdam(
    { beta1, beta2, epsilon }: Adam,
    [accBeta1, accBeta2, rate, ...rest]: tfjs.Tensor[],
  ): tfjs.Tensor[] {
    const { tf } = this;
    const backend = tf.backend() as unknown as NodeBackend;
    const { TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
    const attributes = [{ name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }];
    // TensorFlow adds epsilon before the bias correction; times this factor it is as if added after it.
    const added = tf.mul(epsilon, tf.sqrt(tf.sub(1, accBeta2)));
    const rates = [accBeta1, accBeta2, rate, tf.scalar(beta1), tf.scalar(beta2), added];
    const gradients = rest.slice(0, rest.length / 4);
    const weights = gradients.map((gradient, i) => {
      const handles = rest.slice(gradients.length + 3 * i, gradients.length + 3 * i + 3);
      backend.executeMultipleOutputs('ResourceApplyAdam', attributes, [...handles, ...rates, gradient], 0);
      return readVariable(backend, handles[0]);
    });
    return [tf.mul(accBeta1, beta1), tf.mul(accBeta2, beta2), ...weights];
  }

  private hide(): void {
    for (const order of ['first', 'second'] as const) {
      this.tf.dispose(this.shown[order]?.map(({ variable }) => variable) ?? []);
      this.shown[order] = undefined;
    }
  }
}
