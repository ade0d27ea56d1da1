/** Adam with another learning rate for each group of layers: pretrained layers need smaller steps than a fresh head. */

import { InputError } from '../errors';
import { loadOptimizer, optimizerState, type PartState, type Stateful } from '../run-state';
import { tf } from '../tensorflow/load';
import { oneOperation } from '../tensorflow/one-operation';
import { learningRateOf, setLearningRate } from '../tensorflow/optimizer-rate';

/** Layers that share a learning rate. */
export interface LayerGroup {
  /** Layers whose trainable weights are meant; one without weights is no fault. */
  layers: readonly tf.layers.Layer[];
  /** Adam's learning rate for them, above 0. */
  learningRate: number;
}

/** Options of LayeredAdam. */
export interface LayeredAdamOptions {
  /**
   * Largest norm of all gradients together, above 0; larger ones are scaled down to it, so that one batch can't throw the
   * weights far. Default none. Source: R. Pascanu, T. Mikolov, Y. Bengio, arXiv:1211.5063, section 3.2.
   */
  clipNorm?: number;
}

interface Part {
  names: Set<string>;
  adam: tf.AdamOptimizer;
  /** As it was given. */
  initialRate: number;
}

/**
 * One Adam a group, each with its own moments; every weight moves as it would under a plain Adam of its group's rate.
 * (Scaling gradients instead would do nothing: Adam divides by their size.) For `compile`.
 * `learningRate` is that of the first group; setting it changes all groups in the same proportion, so schedules and the
 * learning-rate finder need not know of groups.
 * @throws  InputError where there is no group, a weight is in two, or a rate or clipNorm isn't above 0; at the first step where
 *          a trained weight is in no group
 * @source  discriminative learning rates: J. Howard, S. Ruder, arXiv:1801.06146, section 3.2
 * @example new LayeredAdam([{ layers: head, learningRate: 1e-3 }, { layers: convolutions, learningRate: 3e-4 }])
 */
export class LayeredAdam extends tf.Optimizer implements Stateful {
  private readonly parts: Part[];
  private readonly clip = oneOperation(tf, (gradients) => clip(gradients, this.options.clipNorm ?? Infinity));

  constructor(
    groups: readonly LayerGroup[],
    private readonly options: LayeredAdamOptions = {},
  ) {
    super();
    const { clipNorm } = options;
    if (clipNorm !== undefined && !(clipNorm > 0))
      throw refusal('clipNorm', String(clipNorm), 'above 0', 'Leave it out for none');
    if (groups.length === 0) throw refusal('groups', 'none', 'at least one', 'Give the layers that are trained');
    const grouped = new Set<string>();
    this.parts = groups.map(({ layers, learningRate }) => {
      if (!(learningRate > 0)) throw refusal('learningRate', String(learningRate), 'above 0', 'Give such as 3e-4');
      const names = layers.flatMap((layer) => layer.trainableWeights.map(({ name }) => name));
      const twice = names.find((name) => grouped.size === grouped.add(name).size);
      if (twice !== undefined)
        throw refusal('groups', `${twice} twice`, 'every weight once', 'Take its layer out of one');
      return { names: new Set(names), adam: tf.train.adam(learningRate), initialRate: learningRate };
    });
  }

  /** The first group's rate. */
  get learningRate(): number {
    return learningRateOf(this.parts[0].adam);
  }

  // From the rates as they were given: from the last ones, rounding would add up, and a rate of 0 would be for ever.
  set learningRate(rate: number) {
    const factor = rate / this.parts[0].initialRate;
    this.parts.forEach(({ adam, initialRate }, i) => setLearningRate(adam, i === 0 ? rate : initialRate * factor));
  }

  override applyGradients(gradients: tf.NamedTensorMap | { name: string; tensor: tf.Tensor }[]): void {
    const named = Array.isArray(gradients)
      ? gradients
      : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    const without = named.find(({ name }) => !this.parts.some(({ names }) => names.has(name)));
    if (without) throw refusal('groups', `${without.name} in none`, 'every trained weight in one', 'Add its layer');
    const { clipNorm } = this.options;
    const applied = clipNorm === undefined ? named : this.clipped(named);
    for (const { names, adam } of this.parts) adam.applyGradients(applied.filter(({ name }) => names.has(name)));
    // The given ones are the caller's.
    if (applied !== named) tf.dispose(applied.map(({ tensor }) => tensor));
    this.incrementIterations();
  }

  /** The moments, step count and rate of each group. */
  async saveState(): Promise<PartState> {
    const states = await Promise.all(this.parts.map(({ adam }) => optimizerState(adam)));
    const groups = states.map(({ values, arrays = [] }) => ({ values, arrayCount: arrays.length }));
    return { values: { groups }, arrays: states.flatMap(({ arrays = [] }) => arrays) };
  }

  /** @param state what `saveState` of an optimizer with the same groups gave */
  async loadState({ values, arrays = [] }: PartState): Promise<void> {
    const groups = values?.groups as { values: PartState['values']; arrayCount: number }[];
    let start = 0;
    for (const [i, group] of groups.entries()) {
      const own = arrays.slice(start, (start += group.arrayCount));
      await loadOptimizer(this.parts[i].adam, { values: group.values, arrays: own });
    }
    this.iterations_ = this.parts[0]?.adam.iterations ?? 0;
  }

  /** Scaled copies. */
  private clipped(named: readonly { name: string; tensor: tf.Tensor }[]) {
    const scaled = this.clip(named.map(({ tensor }) => tensor));
    return named.map(({ name }, i) => ({ name, tensor: scaled[i] }));
  }

  override dispose(): void {
    for (const { adam } of this.parts) adam.dispose();
  }

  /** The rate of each group now. */
  get learningRates(): number[] {
    return this.parts.map(({ adam }) => learningRateOf(adam));
  }

  /** The rates and options as they were given. */
  override getConfig(): { learningRates: number[]; clipNorm?: number } {
    return { learningRates: this.parts.map(({ initialRate }) => initialRate), ...this.options };
  }

  /** The name under which TensorFlow.js would save it. */
  static get className(): string {
    return 'LayeredAdam';
  }
}

/** The gradients, scaled by one factor so that the norm of all of them is at most `clipNorm`. */
function clip(gradients: tf.Tensor[], clipNorm: number): tf.Tensor[] {
  return tf.tidy(() => {
    const norm = tf.sqrt(tf.addN(gradients.map((gradient) => gradient.square().sum())));
    const factor = tf.minimum(1, tf.div(clipNorm, norm));
    return gradients.map((gradient) => gradient.mul(factor));
  });
}

function refusal(what: string, found: string, expected: string, remedy: string): InputError {
  return new InputError({ where: `LayeredAdam, ${what}`, found, expected, remedy });
}
