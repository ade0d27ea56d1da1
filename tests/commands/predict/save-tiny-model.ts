/** The tiny model of grey pictures as a training leaves it on the disk. */

import { model } from 'celeba-lab';
import { brightnessModel, TINY_DESCRIPTION } from '../../model/brightness-model';

/** As notebook 4 fits it, but for a threshold that lets every answer pass. */
export const CALIBRATION: model.Calibration = {
  ...{ temperature: 1, threshold: 0, errorRate: 0.01 },
  ...{ photoCount: 100, unanswered: 0 },
};

/**
 * Saves it, calibrated unless `part` says otherwise.
 * @param folder absolute path
 * @param part   what is otherwise than in `TINY_DESCRIPTION`
 */
export async function saveTinyModel(folder: string, part: Partial<model.ClassifierDescription> = {}): Promise<void> {
  const tiny = brightnessModel();
  await model.saveClassifier(folder, tiny, { ...TINY_DESCRIPTION, calibration: CALIBRATION, ...part });
  tiny.dispose();
}
