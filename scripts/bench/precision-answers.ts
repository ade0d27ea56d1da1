/** What bfloat16 changes in a trained model's answers to the test photos. */

import { existsSync } from 'node:fs';
import { dataset, evaluation, model, photos, project } from 'celeba-lab';

/** Answers in both number formats. */
export interface PrecisionAnswers {
  /** Test photos. */
  photos: number;
  /** How many of them are answered otherwise in bfloat16. */
  changed: number;
  /** Shares that are right. */
  float32Accuracy: number;
  bfloat16Accuracy: number;
}

/**
 * Answers test photos of DATASET by the model in outputs/model, with frozen features of either format. They are stored, so that
 * a second run takes seconds.
 * @param most photos at most
 * @returns    undefined where there is no model, or one of other classes than these photos
 */
export async function comparePrecisions(most: number): Promise<PrecisionAnswers | undefined> {
  const settings = project.readSettings(process.env);
  const folder = `${settings.outputs}/model`;
  if (!existsSync(folder)) return undefined;
  const classifier = await model.loadClassifier(folder);
  const all = await dataset.openDataset(settings.dataset, settings);
  if (all.classNames.join() !== classifier.classNames.join()) return undefined;
  const test = Math.min(settings.test, most);
  const { readable } = await photos.selectReadable(all, { ...settings, test, parts: ['test'] });
  const answersIn = async (precision: 'float32' | 'bfloat16'): Promise<number[]> => {
    const rows = await evaluation.predictStored(classifier, readable, `${settings.outputs}/features`, { precision });
    return rows.map(({ predicted }) => predicted);
  };
  const [whole, half] = [await answersIn('float32'), await answersIn('bfloat16')];
  const labels = readable.map(({ label }) => label);
  return {
    photos: labels.length,
    changed: whole.filter((answer, i) => answer !== half[i]).length,
    float32Accuracy: evaluation.accuracy(labels, whole),
    bfloat16Accuracy: evaluation.accuracy(labels, half),
  };
}
