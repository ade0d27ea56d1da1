/** Which of a run's two models the other notebooks and `npm run predict` use: notebook 3's, or notebook 6's. */

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors';
import { shownPath } from '../project/shown-path';
import type { ClassifierDescription } from './classifier-description';
import { describeClassifier } from './classifier-files';
import { loadClassifier, saveClassifier, type SavedClassifier } from './saved-classifier';
import { setAsidePath } from './swap-folder';

const KEPT = 'model';
const FIRST = 'first-model';

/**
 * Notebook 3's model, also after notebook 6's has taken its place.
 * @param outputs folder of the run, absolute
 * @returns       `first-model` where `model` is the improved recipe's, else `model`
 * @throws        InputError where it is missing or damaged
 */
export async function loadFirstClassifier(outputs: string): Promise<SavedClassifier> {
  return loadClassifier(await folderOfFirst(outputs));
}

/**
 * Refuses a model of notebook 3 that can't be compared with another yet.
 * @param outputs folder of the run, absolute
 * @param head    of the other model: losses of two heads aren't alike
 * @throws        InputError where there is none, its head is another, or notebook 4 hasn't measured it since it was trained
 */
export async function checkFirstClassifier(outputs: string, head: ClassifierDescription['head']): Promise<void> {
  const folder = await folderOfFirst(outputs);
  const first = await describeClassifier(folder);
  if (first.head !== head) {
    throw new InputError({
      where: shownPath(folder),
      found: `a model with a ${first.head} head`,
      expected: `one with a ${head} head, as in this run`,
      remedy: `Set HEAD=${first.head}, or train it anew with notebooks 3 and 4`,
    });
  }
  if (first.calibration !== undefined) return;
  throw new InputError({
    where: shownPath(folder),
    found: "notebook 3's model alone",
    expected: 'its calibration and the place of faces, too',
    remedy: 'Run notebook 4, which measures them, before notebook 6',
  });
}

/**
 * Puts the better model into `model`. The first one is kept in `first-model` as long as it isn't there itself.
 * @param outputs  folder of the run, absolute
 * @param first    what `loadFirstClassifier` returned
 * @param improved the improved recipe's, where it is the better one; without it the first stays, or comes back
 * @throws         what `saveClassifier` throws; a model is in `model` all the time
 */
export async function keepClassifier(
  outputs: string,
  first: SavedClassifier,
  improved?: SavedClassifier,
): Promise<void> {
  if (improved !== undefined) {
    await saveClassifier(join(outputs, FIRST), first.model, first);
    await saveClassifier(join(outputs, KEPT), improved.model, improved);
  } else if (await keepsImproved(outputs)) {
    await saveClassifier(join(outputs, KEPT), first.model, first);
  }
}

/**
 * Takes away the model that an older training of notebook 6 has left in `improved/model`, so that its answers never pass for those of
 * a newer training that was stopped before its first epoch had ended. What is in `model` stays.
 * @param outputs folder of the run, absolute
 */
export async function forgetImproved(outputs: string): Promise<void> {
  for (const place of placesOfImproved(outputs)) await rm(place, { recursive: true, force: true });
}

/**
 * Notebook 6's model as its training left it.
 * @param outputs folder of the run, absolute
 * @throws        InputError where no epoch of that training has ended, or the model is damaged
 */
export async function loadImprovedClassifier(outputs: string): Promise<SavedClassifier> {
  const places = placesOfImproved(outputs);
  const [folder] = places;
  if (places.some((place) => existsSync(place))) return loadClassifier(folder);
  throw new InputError({
    where: shownPath(folder),
    found: 'no model',
    expected: 'the one that the training of notebook 6 saves after each epoch',
    remedy: 'Run the cell that trains again, and let it finish an epoch',
  });
}

/** The second holds the model alone where a run was cut off in the moment of swapping folders. */
function placesOfImproved(outputs: string): string[] {
  const folder = join(outputs, 'improved', 'model');
  return [folder, setAsidePath(folder)];
}

async function folderOfFirst(outputs: string): Promise<string> {
  return join(outputs, (await keepsImproved(outputs)) ? FIRST : KEPT);
}

async function keepsImproved(outputs: string): Promise<boolean> {
  return (await describeClassifier(join(outputs, KEPT))).recipe === 'improved';
}
