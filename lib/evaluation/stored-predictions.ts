/** Predictions whose frozen part comes from the feature store: for photos that are asked again and again. */

import type { Photo } from '../dataset/types';
import { extractFeatures, featureBatches, FeatureStore } from '../features';
import type { SavedClassifier } from '../model/saved-classifier';
import type { Precision } from '../native';
import { MIRRORED_VIEW, PLAIN_VIEW, type PhotoView } from '../photos/view';
import { tf } from '../tensorflow/load';
import { photosAtOnce } from '../tensorflow/photos-at-once';
import { splitFrozen, type TrunkAndTail } from '../vgg16';
import { mostLikely, type Classifier, type LabelledPrediction } from './predictions';

/** Options of `predictStored`. */
export interface PredictStoredOptions {
  /** Called after each batch with how many photos have their features, of how many; `testTimeFlip` counts each twice. */
  onProgress?: (done: number, total: number) => unknown;
  /** Number format of the frozen layers; default float32. */
  precision?: Precision;
  /** Photos in one call of the model; default `photosAtOnce`: 8 on a CPU, 16 on a GPU. */
  batchSize?: number;
}

/**
 * What `predictAllFiles` says, with the frozen layers computed once and kept: models that share them, such as two trainings
 * of the same network, share that work. Only for models that `splitFrozen` can cut; the model stays the caller's.
 * @param classifier a saved classifier with frozen layers
 * @param photos     readable photos; their order is kept
 * @param folder     folder of all feature stores, such as outputs/features
 * @returns          a prediction for each photo
 * @throws           InputError where the model has no frozen layers, or a photo can't be read; SystemFault where the system failed
 *                   to read one, or there is no room for the features; Stopped where a notebook's user stopped it
 * @example          const predictions = await predictStored(classifier, testPhotos, 'outputs/features');
 */
export async function predictStored(
  classifier: Classifier & Pick<SavedClassifier, 'model'>,
  photos: Photo[],
  folder: string,
  { onProgress, batchSize = photosAtOnce(), precision = 'float32' }: PredictStoredOptions = {},
): Promise<LabelledPrediction[]> {
  const parts = splitFrozen(classifier.model as tf.Sequential);
  const views = classifier.testTimeFlip ? [PLAIN_VIEW, MIRRORED_VIEW] : [PLAIN_VIEW];
  const outputs: number[][][] = [];
  try {
    for (const [number, view] of views.entries()) {
      const told = (done: number): unknown => onProgress?.(number * photos.length + done, views.length * photos.length);
      outputs.push(await outputsOfView(parts, classifier, photos, { folder, view, precision, batchSize, told }));
    }
  } finally {
    // Else it would hold the model's weights beyond the model's end.
    parts.tail.dispose();
  }
  return photos.map(({ file, name, label }, i) => {
    const probabilities = outputs[0][i].map((_, k) => mean(outputs.map((rows) => rows[i][k])));
    return { file, name, label, ...mostLikely(probabilities) };
  });
}

async function outputsOfView(
  { trunk, tail }: TrunkAndTail,
  { format }: Classifier,
  photos: Photo[],
  options: {
    folder: string;
    view: PhotoView;
    precision: Precision;
    batchSize: number;
    told: (done: number) => unknown;
  },
): Promise<number[][]> {
  const { folder, view, precision, batchSize, told } = options;
  const store = await FeatureStore.open(folder, trunk, format, view, precision);
  const stored = await extractFeatures(trunk, store, photos, format, { onProgress: told, batchSize });
  const classCount = tail.outputShape[1] as number;
  const rows: number[][] = [];
  await featureBatches(store, stored, { batchSize, classCount }).forEachAsync(({ xs, ys }) => {
    try {
      rows.push(...tf.tidy(() => (tail.predictOnBatch(xs) as tf.Tensor2D).arraySync()));
    } finally {
      tf.dispose([xs, ys]);
    }
  });
  return rows;
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
