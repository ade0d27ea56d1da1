/** Predictions for labelled photos in other views than those whose features are stored. */

import type { Photo } from '../dataset/types';
import { stoppable } from '../interrupts';
import { inBatches } from '../photos/in-batches';
import { preparePhoto } from '../photos/prepare';
import type { PhotoView } from '../photos/view';
import { workAhead } from '../photos/work-ahead';
import { mostLikely, outputsOf, type Classifier, type LabelledPrediction } from './predictions';

/** Options of `predictSeen`. */
export interface PredictSeenOptions {
  /** Called after each batch with how many photos are done, of how many. */
  onProgress?: (done: number, total: number) => void;
  /** Photos in one call of the model; default 16. */
  batchSize?: number;
}

const AHEAD = 8;

/**
 * Runs the whole network on photos, each in its view; memory holds one batch beside the predictions.
 * @param classifier a saved classifier
 * @param photos     readable photos; their order is kept; default view: as they are
 * @returns          a prediction for each
 * @throws           InputError where a photo can't be read; Stopped where a notebook's user stopped it
 * @example          const rows = await predictSeen(classifier, photos.map((photo) => ({ ...photo, view: DEGRADED_VIEWS[0] })));
 */
export async function predictSeen(
  classifier: Classifier,
  photos: readonly (Photo & { view?: PhotoView })[],
  { onProgress, batchSize = 16 }: PredictSeenOptions = {},
): Promise<LabelledPrediction[]> {
  const prepare = async (photo: Photo & { view?: PhotoView }) => ({
    photo,
    pixels: await preparePhoto(photo.file, classifier.format, photo.view),
  });
  return stoppable(async (check) => {
    const rows: LabelledPrediction[] = [];
    for await (const batch of inBatches(workAhead(photos, prepare, AHEAD), batchSize)) {
      const outputs = await outputsOf(
        classifier,
        batch.map(({ pixels }) => pixels),
      );
      rows.push(
        ...batch.map(({ photo: { file, name, label } }, i) => ({ file, name, label, ...mostLikely(outputs[i]) })),
      );
      onProgress?.(rows.length, photos.length);
      await check(() => `after ${rows.length} of ${photos.length} photos; run the cell again to begin anew`);
    }
    return rows;
  });
}
