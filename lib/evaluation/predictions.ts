/** From photos to prediction rows of plain numbers; tensors end here. */

import type { Photo } from '../dataset/types';
import { stoppable } from '../interrupts';
import type { SavedClassifier } from '../model/saved-classifier';
import { inBatches } from '../photos/in-batches';
import { tf } from '../tensorflow/load';
import { photosAtOnce } from '../tensorflow/photos-at-once';
import { argmax } from './argmax';
import { preparedPhotos, type PreparedPhoto } from './prepared-photos';

/** What a model says of one photo. */
export interface Prediction {
  /** Path of the photo, as it was given. */
  file: string;
  /** Predicted class index: the unit with the largest output decides. */
  predicted: number;
  /** Output of the predicted class's unit, 0 to 1. */
  probability: number;
  /** Outputs of all units by class index. Two sigmoid units judge for themselves, so these need not add up to 1. */
  probabilities: number[];
  error?: undefined;
}

/** A photo that couldn't be read. */
export interface FailedPrediction {
  /** Path of the photo, as it was given. */
  file: string;
  /** Why, in one sentence. */
  error: string;
}

/** A prediction beside what is known of the photo. */
export type LabelledPrediction = Prediction & Pick<Photo, 'name' | 'label'>;

/** Options of `predictFiles`. */
export interface PredictOptions {
  /** Called after each batch with how many photos are done. */
  onProgress?: (done: number) => void;
  /** Photos in one call of the model; default `photosAtOnce`: 8 on a CPU, 16 on a GPU. */
  batchSize?: number;
  /** Asked before each batch; true ends the run early. */
  stop?: () => boolean;
}

/** What a prediction needs of a saved classifier; with `testTimeFlip`, each photo is averaged with its mirror image. */
export type Classifier = Pick<SavedClassifier, 'format' | 'testTimeFlip'> & {
  /** Photos [n, height, width, 3] to outputs [n, classes]: a model, or what `nativePredictor` makes of it. */
  model: { predictOnBatch(photos: tf.Tensor): tf.Tensor | tf.Tensor[] };
};

/**
 * Predicts photos one batch at a time; memory holds one batch, however many there are.
 * @param classifier a saved classifier: its model, and the format its photos had in training
 * @param files      paths; their order is kept
 * @returns          a row for each file, with an error in the place of the figures where it can't be read
 * @example          for await (const row of predictFiles(classifier, ['a.jpg'])) console.log(row);
 */
export async function* predictFiles(
  classifier: Classifier,
  files: Iterable<string>,
  { onProgress, batchSize = photosAtOnce(), stop }: PredictOptions = {},
): AsyncGenerator<Prediction | FailedPrediction> {
  const batches = inBatches(
    preparedPhotos(files, (file) => file, classifier.format),
    batchSize,
  );
  let next = batches.next();
  let done = 0;
  for (;;) {
    const step = await next;
    if (step.done || stop?.()) return;
    const batch = step.value;
    next = batches.next();
    // A failure is reported when its turn comes, not as an unhandled rejection before.
    next.catch(() => undefined);
    // Lets the decoding of the next photos begin before TensorFlow takes this thread.
    await new Promise((resolve) => setImmediate(resolve));
    yield* await predictBatch(classifier, batch);
    done += batch.length;
    onProgress?.(done);
  }
}

/**
 * `predictFiles` with all rows at once: for notebooks, whose kernel takes no `for await` in a cell.
 * @param classifier a saved classifier: its model, and the format its photos had in training
 * @param files      paths; their order is kept
 * @returns          a row for each file, with an error in the place of the figures where it can't be read
 * @throws           Stopped where a notebook's user stopped it
 * @example          const answers = await predictAllFiles(classifier, ['a.jpg', 'b.jpg']);
 */
export function predictAllFiles(
  classifier: Classifier,
  files: Iterable<string>,
  options: PredictOptions = {},
): Promise<(Prediction | FailedPrediction)[]> {
  return stoppable(async (check) => {
    const rows: (Prediction | FailedPrediction)[] = [];
    for await (const row of predictFiles(classifier, files, options)) {
      rows.push(row);
      await check(() => `after ${rows.length} photos; run the cell again to begin anew`);
    }
    return rows;
  });
}

async function predictBatch(
  classifier: Classifier,
  batch: PreparedPhoto<string>[],
): Promise<(Prediction | FailedPrediction)[]> {
  const pixels = batch.flatMap((photo) => photo.pixels ?? []);
  const outputs = pixels.length > 0 ? await outputsOf(classifier, pixels) : [];
  let row = 0;
  return batch.map(({ photo: file, error }) => {
    if (error !== undefined) return { file, error };
    return { file, ...mostLikely(outputs[row++]) };
  });
}

/** The class with the largest output, beside all outputs. */
export function mostLikely(probabilities: number[]): Omit<Prediction, 'file'> {
  const predicted = argmax(probabilities);
  return { predicted, probability: probabilities[predicted], probabilities };
}

/**
 * Outputs of a classifier for photos that are prepared already.
 * @param classifier a saved classifier
 * @param pixels     photos as `preparePhoto` returns them, at least one; all go through the model in one call
 * @returns          [photos, classes]
 */
export async function outputsOf(
  { model, format, testTimeFlip = false }: Classifier,
  pixels: Float32Array[],
): Promise<number[][]> {
  const outputs = tf.tidy(() => {
    const shape: [number, number, number] = [format.height, format.width, 3];
    const photos = tf.stack(pixels.map((values) => tf.tensor3d(values, shape))); // [n, height, width, 3]
    const seen = model.predictOnBatch(photos) as tf.Tensor2D; // [n, classes]
    if (!testTimeFlip) return seen;
    const mirrored = model.predictOnBatch(photos.reverse(2)) as tf.Tensor2D; // [n, classes]
    return seen.add<tf.Tensor2D>(mirrored).div<tf.Tensor2D>(2);
  });
  try {
    return await outputs.array();
  } finally {
    outputs.dispose();
  }
}
