/** How the learning rate rises and falls over a training. */

import { InputError } from '../errors';
import { tf } from '../tensorflow/load';
import { learningRateOf, setLearningRate } from '../tensorflow/optimizer-rate';

/** Shape of `warmupCosine`. */
export interface WarmupCosineOptions {
  /** Steps of the whole training, at least 1. */
  steps: number;
  /** Share of the steps in which the rate rises, 0 to below 1; default 0.1. */
  warmupShare?: number;
  /** Where it ends, as a share of its highest value; default 0.01. */
  end?: number;
}

/**
 * The share of the full learning rate at a step: a straight rise, then half a cosine down. The rise spares pretrained
 * weights the large first steps of a fresh Adam; the fall lets them settle.
 * @param step zero-based; beyond the last step the rate stays at its end
 * @returns    above 0, at most 1
 * @throws     InputError where steps or warmupShare is out of range
 * @source     I. Loshchilov, F. Hutter, arXiv:1608.03983; rise: P. Goyal et al., arXiv:1706.02677
 * @example    warmupCosine(0, { steps: 100 }) // 0.1
 */
export function warmupCosine(step: number, options: WarmupCosineOptions): number {
  const { steps, warmupShare = 0.1, end = 0.01 } = options;
  if (!(steps >= 1) || !(warmupShare >= 0 && warmupShare < 1)) {
    throw new InputError({
      where: 'warmupCosine',
      found: `steps ${steps}, warmupShare ${warmupShare}`,
      expected: 'steps above 0, warmupShare 0 to below 1',
      remedy: 'Give the steps of the whole training: epochs times batches',
    });
  }
  const warmup = Math.round(steps * warmupShare);
  if (step < warmup) return (step + 1) / warmup;
  const done = Math.min(1, (step - warmup) / Math.max(1, steps - 1 - warmup));
  return end + ((1 - end) * (1 + Math.cos(Math.PI * done))) / 2;
}

// The full rates of optimizers that have a schedule's rate now: a training that ends by an error leaves them so.
const fullRates = new WeakMap<tf.Optimizer, number>();

/** Options of ScheduleLearningRate. */
export interface ScheduleLearningRateOptions {
  /** The optimizer that the model is compiled with; its rate now is the full one, or, after a training that failed, the one before that. */
  optimizer: tf.Optimizer;
  /** Share of the full rate at a step, zero-based over the whole training. */
  schedule: (step: number) => number;
  /** Batches in an epoch. */
  stepsPerEpoch: number;
}

/**
 * Sets the learning rate before each batch. The step is counted from the epoch's number, so a training that goes on at a
 * later epoch has the rates it would have had.
 * @example new ScheduleLearningRate({ optimizer, stepsPerEpoch: 118, schedule: (step) => warmupCosine(step, { steps: 6 * 118 }) })
 */
export class ScheduleLearningRate extends tf.Callback {
  private readonly full: number;
  private epoch = 0;

  /** Sets the learning rate before each step by a schedule. */
  constructor(private readonly options: ScheduleLearningRateOptions) {
    super();
    this.full = fullRates.get(options.optimizer) ?? learningRateOf(options.optimizer);
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.epoch = epoch;
  }

  override async onBatchBegin(batch: number): Promise<void> {
    const { optimizer, schedule, stepsPerEpoch } = this.options;
    fullRates.set(optimizer, this.full);
    setLearningRate(optimizer, this.full * schedule(this.epoch * stepsPerEpoch + batch));
  }

  override async onTrainEnd(): Promise<void> {
    setLearningRate(this.options.optimizer, this.full);
    fullRates.delete(this.options.optimizer);
  }
}
