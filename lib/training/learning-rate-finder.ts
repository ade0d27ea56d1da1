/** Learning-rate range test: some steps at a growing rate show from where on the loss falls, and where it runs away. */

import { InputError } from '../errors';
import { stoppable, type StopCheck } from '../interrupts';
import { loadOptimizer, loadWeights, optimizerState, weightsState } from '../run-state';
import { tf } from '../tensorflow/load';
import { learningRateOf, setLearningRate } from '../tensorflow/optimizer-rate';

/** One step of the test. */
export interface RateTrial {
  /** Of this step; with groups of layers, the first group's. */
  learningRate: number;
  /** Of the step's batch, before the step. */
  loss: number;
  /** Moving average of the losses so far. */
  smoothedLoss: number;
}

/** What the test found. */
export interface RateRange {
  /** In the order of the steps, the rate growing. */
  trials: RateTrial[];
  /** The rate that `suggestLearningRate` picks. */
  suggestion: number;
  /** Whether the test ended early because the loss ran away. */
  diverged: boolean;
}

/** How the test goes. */
export interface FindLearningRateOptions {
  /** First rate, above 0; default 1e-6. */
  from?: number;
  /** Last rate, above `from`; default 1. */
  to?: number;
  /** Steps, at least 20; default 100. */
  steps?: number;
  /** Called after each step with how many are done, of how many. */
  onProgress?: (done: number, total: number) => void;
  /** Asked before each step; true ends the test there, with what was found so far. */
  stop?: () => boolean;
}

type Batch = tf.TensorContainerObject & { xs: tf.Tensor; ys: tf.Tensor };

// fastai's: the smoothing looks back over some 50 steps, in a shorter test over half of them, and four times the lowest loss is
// a loss that ran away.
const LOOK_BACK = 50;
const RUNAWAY = 4;

/**
 * Trains for some steps while the rate grows exponentially, then puts everything back as it was: weights, batch
 * normalization's averages, the optimizer's moments, step count and rate.
 * @param model   compiled, with an optimizer that has a learning rate
 * @param batches training data of its own, begun again when it ends: a shared one would be left in another order
 * @returns       losses by rate, and a suggestion
 * @throws        InputError where an option is out of range, there is no batch, or `stop` came before the first step; Stopped
 *                where a notebook's user stopped it, with everything put back
 * @source        L. N. Smith, arXiv:1506.01186, section 3.3; smoothing and end as in fastai's lr_find
 * @example       const { suggestion } = await findLearningRate(tail, batches, { steps: 60 });
 */
export function findLearningRate<B extends Batch>(
  model: tf.LayersModel,
  batches: tf.data.Dataset<B>,
  options: FindLearningRateOptions = {},
): Promise<RateRange> {
  return stoppable((check) => findUntil(check, model, batches, options));
}

async function findUntil<B extends Batch>(
  check: StopCheck,
  model: tf.LayersModel,
  batches: tf.data.Dataset<B>,
  options: FindLearningRateOptions,
): Promise<RateRange> {
  const { from = 1e-6, to = 1, steps = 100, onProgress, stop = () => false } = options;
  checkRange(from, to, steps);
  if (stop()) throw stoppedAtOnce();
  const optimizer = model.optimizer;
  const rate = learningRateOf(optimizer);
  const [weights, moments] = [await weightsState(model), await optimizerState(optimizer)];
  const course = new Course(1 - 1 / Math.min(LOOK_BACK, steps / 2));
  try {
    for await (const { xs, ys } of overAndOver(batches)) {
      const step = course.trials.length;
      const learningRate = from * (to / from) ** (step / (steps - 1));
      setLearningRate(optimizer, learningRate);
      const result = await model.trainOnBatch(xs, ys).finally(() => tf.dispose([xs, ys]));
      course.add(learningRate, Array.isArray(result) ? result[0] : result);
      onProgress?.(step + 1, steps);
      if (course.trials.length === steps || course.diverged || stop()) break;
      await check(
        () => `after ${step + 1} of ${steps} steps of the learning-rate test, which leaves the model as it was`,
      );
    }
  } finally {
    setLearningRate(optimizer, rate);
    loadWeights(model, weights);
    await loadOptimizer(optimizer, moments);
  }
  return { trials: course.trials, suggestion: suggestLearningRate(course.trials), diverged: course.diverged };
}

/**
 * The rate in the middle of the valley: of the longest series of steps in which the smoothed loss falls on and on (others
 * may lie in between), the middle one. There the loss falls fast, far from where it runs away.
 * @param trials in the order of the test, at least one
 * @throws       InputError where there is none
 * @source       fastai's `valley`, which takes the same series, without the first tenth and the last five steps
 * @example      suggestLearningRate(trials) // 0.00058
 */
export function suggestLearningRate(trials: readonly RateTrial[]): number {
  if (trials.length === 0) throw noBatch();
  // The first steps' average is over few batches, the last steps are the climb.
  const inner = trials.slice(Math.floor(trials.length / 10), -5);
  const seen = inner.length > 0 ? inner : trials;
  const valley = longestFall(seen.map(({ smoothedLoss }) => smoothedLoss));
  return seen[valley[Math.floor(valley.length / 2)]].learningRate;
}

/** Indices of the longest falling subsequence; of several, the one that ends first. */
function longestFall(values: readonly number[]): number[] {
  const length = values.map(() => 1);
  const before = values.map(() => -1);
  let end = 0;
  for (let i = 1; i < values.length; i++) {
    for (let j = 0; j < i; j++) {
      if (values[i] >= values[j] || length[i] >= length[j] + 1) continue;
      length[i] = length[j] + 1;
      before[i] = j;
    }
    if (length[i] > length[end]) end = i;
  }
  const indices: number[] = [];
  for (let i = end; i >= 0; i = before[i]) indices.unshift(i);
  return indices;
}

/** Batches without an end: begun again when they are through, unless there are none. */
async function* overAndOver<B extends tf.TensorContainerObject>(batches: tf.data.Dataset<B>): AsyncGenerator<B, void> {
  for (let count = 1; count > 0;) {
    count = 0;
    const iterator = await batches.iterator();
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      count += 1;
      yield next.value;
    }
  }
}

/** The losses so far, and whether they have run away. */
class Course {
  readonly trials: RateTrial[] = [];
  diverged = false;
  private average = 0;
  private lowest = Infinity;

  /** @param smoothing share of the average that stays at each step */
  constructor(private readonly smoothing: number) {}

  add(learningRate: number, loss: number): void {
    const count = this.trials.length + 1;
    this.average = this.smoothing * this.average + (1 - this.smoothing) * loss;
    // Without the division the first averages would lie near the 0 that they began with.
    const smoothedLoss = this.average / (1 - this.smoothing ** count);
    if (!(smoothedLoss <= RUNAWAY * this.lowest)) this.diverged = true;
    if (!Number.isFinite(smoothedLoss)) return;
    this.lowest = Math.min(this.lowest, smoothedLoss);
    this.trials.push({ learningRate, loss, smoothedLoss });
  }
}

function checkRange(from: number, to: number, steps: number): void {
  if (from > 0 && to > from && Number.isSafeInteger(steps) && steps >= 20) return;
  throw new InputError({
    where: 'findLearningRate',
    found: `from ${from}, to ${to}, steps ${steps}`,
    expected: 'rates above 0, the second above the first, and at least 20 steps',
    remedy: 'Leave the options out: 1e-6 to 1 in 100 steps',
  });
}

function stoppedAtOnce(): InputError {
  return new InputError({
    where: 'findLearningRate',
    found: 'a stop before the first step',
    expected: 'at least one step to suggest a rate from',
    remedy: 'Run it again',
  });
}

function noBatch(): InputError {
  return new InputError({
    where: 'findLearningRate',
    found: 'no batch, or a loss that is no number at the first',
    expected: 'training data with at least one batch',
    remedy: 'Give training data, and check its labels',
  });
}
