/** Batches for TensorFlow from labelled items of any kind, loaded while it computes. */

import { checkCount } from '../check-count';
import { InputError } from '../errors';
import { allEnded } from '../interrupts';
import { shuffled } from '../random';
import { tf } from '../tensorflow/load';
import { reusableArray, tensorOf } from '../tensorflow/reusable-array';

/** One batch: inputs and their classes. */
export interface LabelledBatch<X extends tf.Tensor> extends tf.TensorContainerObject {
  /** [n, ...shape]. */
  xs: X;
  /** [n, classes], 1 at the item's class, else 0; less far apart with `labelSmoothing`. */
  ys: tf.Tensor2D;
}

/** How labelled items flow. */
export interface FlowOptions {
  /**
   * Items a batch, at least 1; the last batch holds what is left. A single one that is left would be normalized by itself
   * alone, so in shuffled passes the batch before hands it a second item. (Where that batch has only two, it keeps both,
   * and the second is seen twice.)
   */
  batchSize: number;
  /** Number of classes. */
  classCount: number;
  /** With it, each pass has a new order that this seed fixes; without it, items keep theirs. */
  shuffleSeed?: number;
  /**
   * Share of each label that is spread evenly over all classes, 0 to below 1, so that the network needn't become surer
   * than labels are; default 0. For training batches only. Source: C. Szegedy et al., arXiv:1512.00567, section 7.
   */
  labelSmoothing?: number;
  /** Whole epochs that lie behind, Infinity where none follows: the first pass has the order that would follow them; default 0. */
  firstEpoch?: number;
  /** Asked before each batch; once it says true, the pass ends. */
  stop?: () => boolean;
}

/** Where the numbers of one item come from. */
export interface Source<T> {
  /** Writes one item into `target`, its place in the batch: all of the values that `shape` holds; `pass` counts the passes from 0. */
  load: (item: T, pass: number, target: Float32Array) => Promise<unknown>;
  /** Shape of one item, such as [178, 218, 3]. */
  shape: readonly number[];
}

// Batches loaded ahead: one is ready when TensorFlow asks, one is on its way.
const AHEAD = 2;

/**
 * Streams items in batches; at most three batches are in memory. A pass reads every item once, but for a rest in batches of two.
 * The consumer disposes each batch, as fitDataset and evaluateDataset do.
 * @param items   labelled items, such as photos
 * @param source  how one item becomes numbers
 * @param options batch size, classes, order
 * @returns       a dataset for `fitDataset`; each pass over it is one epoch
 * @throws        InputError where an option is out of range or a label is no class index; while it is read, whatever `source.load` throws
 */
export function labelledBatches<T extends { label: number }, X extends tf.Tensor>(
  items: readonly T[],
  source: Source<T>,
  options: FlowOptions,
): tf.data.Dataset<LabelledBatch<X>> {
  checkFlow(items, options);
  let pass = options.firstEpoch ?? 0;
  return tf.data.generator(() => {
    const now = pass++;
    return stream<T, X>(inOrder(items, options.shuffleSeed, now), source, now, options);
  });
}

function checkFlow(items: readonly { label: number }[], options: FlowOptions): void {
  const { batchSize, classCount, firstEpoch = 0, labelSmoothing = 0 } = options;
  checkCount('batchSize', batchSize);
  checkCount('classCount', classCount);
  if (firstEpoch !== Infinity) checkCount('firstEpoch', firstEpoch, 0);
  if (!(labelSmoothing >= 0 && labelSmoothing < 1))
    throw refusal('labelSmoothing', labelSmoothing, '0 to below 1', 'Leave it out for none');
  const odd = items.find(({ label }) => !(Number.isSafeInteger(label) && label >= 0 && label < classCount));
  // It would be written into the next item's row.
  if (odd !== undefined)
    throw refusal(
      'label',
      odd.label,
      `a class index, 0 to ${classCount - 1}`,
      'Set classCount to the number of classes',
    );
}

function refusal(where: string, found: number, expected: string, remedy: string): InputError {
  return new InputError({ where, found: String(found), expected, remedy });
}

function inOrder<T>(items: readonly T[], seed: number | undefined, pass: number): readonly T[] {
  // A step of a large odd number, so that pass 1 of seed 1 isn't pass 0 of seed 2.
  return seed === undefined ? items : shuffled(items, seed + pass * 0x9e3779b1);
}

async function* stream<T extends { label: number }, X extends tf.Tensor>(
  items: readonly T[],
  source: Source<T>,
  pass: number,
  options: FlowOptions,
): AsyncGenerator<LabelledBatch<X>> {
  const { stop = () => false } = options;
  const batches = cut(items, options);
  // No batch is larger than all items, whatever number was asked for.
  const arrays = new BatchArrays(source.shape, Math.min(options.batchSize, items.length));
  const waiting: Promise<Float32Array>[] = [];
  let loading = 0;
  try {
    for (let i = 0; i < batches.length && !stop(); i++) {
      while (waiting.length <= AHEAD && loading < batches.length) {
        waiting.push(loadAll(batches[loading++], source, pass, arrays));
      }
      const loaded = await (waiting.shift() as Promise<Float32Array>);
      if (stop()) return;
      const batch = toBatch<T, X>(batches[i], loaded, source.shape, options);
      arrays.giveBack(loaded);
      yield batch;
    }
  } finally {
    // Nothing may go on behind a pass that has ended.
    await Promise.allSettled(waiting);
  }
}

/**
 * Arrays for batches, used again once TensorFlow has a batch's values. New ones for each batch would have V8 look through the
 * whole heap every few batches, which took a third of the loading time.
 */
class BatchArrays {
  private readonly free: Float32Array[] = [];
  /** Values in one item. */
  readonly itemSize: number;

  constructor(
    shape: readonly number[],
    private readonly batchSize: number,
  ) {
    this.itemSize = shape.reduce((product, side) => product * side, 1);
  }

  /** Room for so many items, with values of an earlier batch in it. */
  take(count: number): Float32Array {
    const array = this.free.pop() ?? reusableArray(Math.max(count, this.batchSize) * this.itemSize);
    return array.subarray(0, count * this.itemSize);
  }

  giveBack(taken: Float32Array): void {
    this.free.push(new Float32Array(taken.buffer, taken.byteOffset));
  }
}

function cut<T>(items: readonly T[], { batchSize, shuffleSeed }: FlowOptions): (readonly T[])[] {
  const count = Math.ceil(items.length / batchSize);
  const starts = Array.from({ length: count }, (_, i) => i * batchSize);
  const lonely = shuffleSeed !== undefined && count > 1 && items.length % batchSize === 1;
  if (lonely) starts[count - 1] -= 1;
  // A batch of three would do for batches of two, but leave a step less than schedules and averages count on.
  return starts.map((start, i) => items.slice(start, batchSize === 2 ? start + 2 : starts[i + 1]));
}

// Items are written where they lie in the batch: copying them together cost a good part of the loading time.
function loadAll<T>(
  items: readonly T[],
  { load }: Source<T>,
  pass: number,
  arrays: BatchArrays,
): Promise<Float32Array> {
  const size = arrays.itemSize;
  const values = arrays.take(items.length);
  const loaded = allEnded(items.map((item, i) => load(item, pass, values.subarray(i * size, (i + 1) * size))));
  const batch = loaded.then(() => values);
  // A failure is reported when its batch's turn comes, not as an unhandled rejection before.
  batch.catch(() => undefined);
  return batch;
}

function toBatch<T extends { label: number }, X extends tf.Tensor>(
  items: readonly T[],
  values: Float32Array,
  shape: readonly number[],
  { classCount, labelSmoothing = 0 }: FlowOptions,
): LabelledBatch<X> {
  const classes = new Float32Array(items.length * classCount).fill(labelSmoothing / classCount);
  items.forEach(({ label }, i) => {
    classes[i * classCount + label] += 1 - labelSmoothing;
  });
  return {
    xs: tensorOf(values, [items.length, ...shape]) as X, // [n, ...shape]
    ys: tf.tensor2d(classes, [items.length, classCount]), // [n, classes]
  };
}
