/** Photos from disk as batches for TensorFlow, decoded while it computes. */

import type { Photo } from '../dataset/types';
import type { tf } from '../tensorflow/load';
import { labelledBatches, type FlowOptions, type LabelledBatch } from './labelled-batches';
import type { PhotoFormat } from './photo-format';
import { preparePhoto } from './prepare';
import { PLAIN_VIEW } from './view';

/** One batch: photos [n, height, width, 3], as `preparePhoto` makes them, and their classes [n, classes]. */
export type PhotoBatch = LabelledBatch<tf.Tensor4D>;

/** Options of `photoBatches`. */
export interface BatchOptions extends FlowOptions {
  /** How photos are prepared. */
  format: PhotoFormat;
}

/**
 * Streams photos in batches; at most three batches are in memory. A pass reads every photo once.
 * The consumer disposes each batch, as fitDataset and evaluateDataset do.
 * @param photos readable photos
 * @returns      a dataset for `fitDataset`; each pass over it is one epoch
 * @throws       InputError where an option is out of range; while it is read, where a photo can't be read
 */
export function photoBatches(photos: readonly Photo[], options: BatchOptions): tf.data.Dataset<PhotoBatch> {
  const { format } = options;
  const source = {
    load: ({ file }: Photo, _pass: number, target: Float32Array) => preparePhoto(file, format, PLAIN_VIEW, target),
    shape: [format.height, format.width, 3],
  };
  return labelledBatches<Photo, tf.Tensor4D>(photos, source, options);
}
