/** Predictions for labelled photos in other views than those whose features are stored. */

import type { Photo } from '../dataset/types';
import { preparePhoto } from '../photos/prepare';
import type { PhotoView } from '../photos/view';
import { workInBatches, type BatchWorkOptions } from '../photos/work-in-batches';
import { mostLikely, outputsOf, type Classifier, type LabelledPrediction } from './predictions';

type SeenLabelled = Photo & { view?: PhotoView };

/**
 * Runs the whole network on photos, each in its view; memory holds one batch beside the predictions.
 * @param classifier a saved classifier
 * @param photos     readable photos; their order is kept; default view: as they are
 * @returns          a prediction for each
 * @throws           InputError where a photo can't be read; Stopped where a notebook's user stopped it
 * @example          const rows = await predictSeen(classifier, photos.map((photo) => ({ ...photo, view: DEGRADED_VIEWS[0] })));
 */
export function predictSeen(
  classifier: Classifier,
  photos: readonly SeenLabelled[],
  options: BatchWorkOptions = {},
): Promise<LabelledPrediction[]> {
  const prepare = async (photo: SeenLabelled) => ({
    photo,
    pixels: await preparePhoto(photo.file, classifier.format, photo.view),
  });
  const predict = async (batch: Awaited<ReturnType<typeof prepare>>[]): Promise<LabelledPrediction[]> => {
    const outputs = await outputsOf(
      classifier,
      batch.map(({ pixels }) => pixels),
    );
    return batch.map(({ photo: { file, name, label } }, i) => ({ file, name, label, ...mostLikely(outputs[i]) }));
  };
  return workInBatches(photos, prepare, predict, 'photos', options);
}
