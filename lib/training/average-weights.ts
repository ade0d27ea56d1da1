/** Averages a model's weights over its last steps, and validates and keeps the average. */

import { EpochSteps } from '../callbacks/epoch-steps';
import { InputError } from '../errors';
import type { Described, PartState, Stateful } from '../run-state';
import { tf } from '../tensorflow/load';
import { oneOperation } from '../tensorflow/one-operation';

/** Options of AverageWeights. */
export interface AverageWeightsOptions {
  /** Batches in an epoch; after the last one the average takes the weights' place. */
  stepsPerEpoch: number;
  /** Share of the average that stays at each step, 0 to below 1; 0.98 looks back over some 50 steps. */
  decay: number;
}

/**
 * Weights jump about with each batch; their moving average lies in the middle of where they jump, and is mostly the better
 * model. It takes their place at the end of each epoch, for validation and whoever saves the model, and gives it back
 * when the next epoch begins; after the last epoch it stays. Batch normalization's averages belong to other weights, so
 * SettleBatchNorm must come after this in the list of callbacks.
 * Early on the average is over few steps: its decay is at most (1 + step) / (10 + step).
 * @throws  InputError where decay is out of range or, in training, an epoch has another number of batches
 * @source  TensorFlow's ExponentialMovingAverage with num_updates; P. Izmailov et al., arXiv:1803.05407
 * @example new AverageWeights({ stepsPerEpoch: 118, decay: 0.98 })
 */
export class AverageWeights extends tf.Callback implements Stateful, Described {
  private average: tf.Variable[] = [];
  private own: tf.Tensor[] = [];
  private step = 0;
  private readonly follow = oneOperation(tf, moved);
  private readonly steps: EpochSteps;

  /** Validates and keeps a moving average of the weights. */
  constructor(private readonly options: AverageWeightsOptions) {
    super();
    const { decay, stepsPerEpoch } = options;
    this.steps = new EpochSteps(stepsPerEpoch);
    if (decay >= 0 && decay < 1) return;
    throw new InputError({
      where: 'AverageWeights, decay',
      found: String(decay),
      expected: '0 to below 1',
      remedy: 'Give such as 0.98',
    });
  }

  override async onTrainBegin(): Promise<void> {
    this.release();
    this.average = this.weights().map((weight) => tf.variable(weight, false));
    this.step = 0;
  }

  override async onEpochBegin(): Promise<void> {
    this.steps.begin();
    if (this.own.length === 0) return;
    this.weights().forEach((weight, i) => weight.assign(this.own[i]));
    tf.dispose(this.own);
    this.own = [];
  }

  override async onBatchEnd(batch: number): Promise<void> {
    const isLast = this.steps.isLast(batch);
    const { decay } = this.options;
    const share = 1 - Math.min(decay, (1 + this.step) / (10 + this.step));
    this.step += 1;
    tf.tidy(() => {
      const next = this.follow([tf.scalar(share), ...this.average, ...this.weights()]);
      this.average.forEach((average, i) => average.assign(next[i]));
    });
    if (!isLast && !this.model.stopTraining) return;
    this.own = this.weights().map((weight) => weight.clone());
    this.weights().forEach((weight, i) => weight.assign(this.average[i]));
  }

  override async onEpochEnd(): Promise<void> {
    this.steps.end(this.model.stopTraining);
  }

  override async onTrainEnd(): Promise<void> {
    this.release();
  }

  facts(): Record<string, unknown> {
    return { ...this.options };
  }

  /** The average is in the model at the end of an epoch; the weights that the next one goes on from are here. */
  async saveState(): Promise<PartState> {
    const arrays = await Promise.all([...this.average, ...this.own].map((tensor) => tensor.data<'float32'>()));
    return { values: { step: this.step }, arrays };
  }

  loadState({ values, arrays = [] }: PartState): void {
    this.step = values?.step as number;
    const shapes = this.average.map(({ shape }) => shape);
    const tensors = arrays.map((array, i) => tf.tensor(array, shapes[i % shapes.length]));
    this.average.forEach((average, i) => average.assign(tensors[i]));
    tf.dispose(tensors.slice(0, shapes.length));
    this.own = tensors.slice(shapes.length);
  }

  private weights(): tf.Variable[] {
    return this.model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  }

  private release(): void {
    tf.dispose([...this.average, ...this.own]);
    this.average = [];
    this.own = [];
  }
}

/** The averages, moved towards the weights by a share of their distance. */
function moved([share, ...averagesAndWeights]: tf.Tensor[]): tf.Tensor[] {
  const count = averagesAndWeights.length / 2;
  const weights = averagesAndWeights.slice(count);
  return averagesAndWeights.slice(0, count).map((average, i) => average.add(weights[i].sub(average).mul(share)));
}
