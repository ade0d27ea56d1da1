/** What the two sides are asked, and what they answer. */

import type { BenchPhotos } from './photo-folders';
import type { BenchPlan } from './plan';

/** Given with every task. */
export interface TaskOf<Name extends string> {
  task: Name;
  plan: BenchPlan;
  photos: BenchPhotos;
  /** An empty folder of this run. */
  scratch: string;
}

/** Milliseconds of single steps in one turn of fine-tuning. */
export interface FinetuneTurn {
  /** Photos whose frozen features were computed, and the time for it; ours only. */
  extracted?: { photos: number; ms: number }[];
  /** Train steps, from the end of one to the end of the next. */
  train?: number[];
  /** Validation steps. */
  validation?: number[];
  /** Time in which no step ran though the side had its turn: Keras's tf.data at the end of an epoch. */
  stalled?: number[];
}

/** One call of the frozen layers on a batch. */
export interface ForwardTurn {
  ms: number;
  /** SHA-256 of the features, row by row. */
  sha256: string;
  /** In bfloat16, where the CPU computes in it. */
  bfloat16Ms?: number;
  /** Mean difference of bfloat16's features, relative to float32's mean. */
  bfloat16Error?: number;
}

/** One pass over photos without a network, by loader. */
export interface LoadingTurn {
  photosPerSecond: Record<string, number>;
  /** SHA-256 of all pixels in the order of the files, of the loader that both sides must agree on. */
  sha256: string;
}

/** A train step of the free layers, and their convolutions alone. */
export interface TailTurn {
  stepMs: number;
  convolutionsMs: number;
}

/** A process's own account. */
export interface ProcessFacts {
  /** What TensorFlow computes on. */
  device: string;
  peakBytes: number;
  versions: Record<string, string>;
  threads: Record<string, string>;
}
