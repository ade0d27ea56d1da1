/** What the label means that a run's accuracy is counted by, where it is of people. */

import { join } from 'node:path';
import { InputError } from 'celeba-lab/dist/errors';
import { isOfPeople, labelMeaning } from 'celeba-lab/dist/evaluation/label-meaning';
import { describeClassifier } from 'celeba-lab/dist/model/classifier-files';

/**
 * The sentence that `npm run predict` shows with its answers; it belongs beside an accuracy as well.
 * @param outputs folder of the run, absolute
 * @returns       undefined for a model of drawings or of other things, and where there is none
 */
export async function labelLine(outputs: string): Promise<string | undefined> {
  try {
    const classifier = await describeClassifier(join(outputs, 'model'));
    return !classifier.drawn && isOfPeople(classifier) ? labelMeaning(classifier) : undefined;
  } catch (error) {
    // Notebooks of the user's own may write a report without a model.
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
