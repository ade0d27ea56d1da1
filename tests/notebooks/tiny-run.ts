/** A sample set of few drawings and small settings, so that the notebooks run in a test. */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dataset } from 'celeba-lab';

/** Settings of a run that takes seconds, not minutes. */
export const TINY = { TRAIN: '16', VALID: '8', TEST: '8', BATCH: '4', EPOCHS: '2' };

const DRAWING_COUNT = 120;

/**
 * Draws a small sample set.
 * @param folder an existing folder, outside the project
 * @returns      environment variables for notebooks and commands that use it and leave their results in the folder
 */
export async function prepareTinyRun(folder: string): Promise<Record<string, string>> {
  const sample = join(folder, 'sample');
  await dataset.drawSampleSet(sample, { photoCount: DRAWING_COUNT, seed: 1 });
  const own = join(folder, 'own');
  await mkdir(own, { recursive: true });
  return { ...TINY, DATASET: sample, OUTPUTS: join(folder, 'outputs'), PHOTOS: own };
}
