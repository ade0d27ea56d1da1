/** How the learning rate rises and falls over a training. */

import { checkCount } from '../check-count';
import { InputError } from '../errors';
import { tf } from '../tensorflow/load';
import { learningRateOf, setLearningRate } from '../tensorflow/optimizer-rate';

/** Shape of `warmupCosine`. */
export interface WarmupCosineOptions {
  /** Steps of the whole training, a whole number from 1. */
  steps: number;
  /** Share of the steps in which the rate rises, 0 to below 1; default 0.1. */
  warmupShare?: number;
  /** Where it ends, as a share of its highest value, 0 to 1; default 0.01. */
  end?: number;
}

/**
 * The share of the full learning rate at a step: a straight rise, then half a cosine down. The rise spares pretrained
 * weights the large first steps of a fresh Adam; the fall lets them settle.
 * @param step zero-based; beyond the last step the rate stays at its end
 * @returns    `end` to 1
 * @throws     InputError where step, steps, warmupShare or end is out of range
 * @source     I. Loshchilov, F. Hutter, arXiv:1608.03983; rise: P. Goyal et al., arXiv:1706.02677
 * @example    warmupCosine(0, { steps: 100 }) // 0.1
 */
export function warmupCosine(step: number, options: WarmupCosineOptions): number {
  const { steps, warmupShare = 0.1, end = 0.01 } = options;
  checkCount('step', step, 0);
  checkCount('steps', steps);
  if (!(warmupShare >= 0 && warmupShare < 1 && end >= 0 && end <= 1)) {
    throw new InputError({
      where: 'warmupCosine',
      found: `warmupShare ${warmupShare}, end ${end}`,
      expected: 'warmupShare 0 to below 1, end 0 to 1',
      remedy: 'Leave them out: 0.1 and 0.01',
    });
  }
  const warmup = Math.round(steps * warmupShare);
  if (step < warmup) return (step + 1) / warmup;
  const done = Math.min(1, (step - warmup) / Math.max(1, steps - 1 - warmup));
  return end + ((1 - end) * (1 + Math.cos(Math.PI * done))) / 2;
}

/** An optimizer's full rate, and those that a schedule has set. */
interface Scheduled {
  full: number;
  set: Set<number>;
}

// A training that ends by an error leaves a schedule's rate behind, or a state that is loaded brings one: not the full one for
// the next training, unlike what somebody has set meanwhile.
const scheduled = new WeakMap<tf.Optimizer, Scheduled>();

/** Options of ScheduleLearningRate. */
export interface ScheduleLearningRateOptions {
  /**
   * The optimizer that the model is compiled with. Its rate now is the full one; where a training that failed has left it at
   * a schedule's rate, the full one of that schedule.
   */
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
  private readonly rates: Scheduled;
  private epoch = 0;

  /** Sets the learning rate before each step by a schedule. */
  constructor(private readonly options: ScheduleLearningRateOptions) {
    super();
    const rate = learningRateOf(options.optimizer);
    const left = scheduled.get(options.optimizer);
    this.rates = left?.set.has(rate) ? left : { full: rate, set: new Set() };
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.epoch = epoch;
  }

  override async onBatchBegin(batch: number): Promise<void> {
    const { optimizer, schedule, stepsPerEpoch } = this.options;
    setLearningRate(optimizer, this.rates.full * schedule(this.epoch * stepsPerEpoch + batch));
    this.rates.set.add(learningRateOf(optimizer));
    scheduled.set(optimizer, this.rates);
  }

  override async onTrainEnd(): Promise<void> {
    setLearningRate(this.options.optimizer, this.rates.full);
    scheduled.delete(this.options.optimizer);
  }
}
