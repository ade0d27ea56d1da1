/** A trained classifier in a folder: the model, and what one must know to use it elsewhere. */

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors';
import { explainNoRoom, sha256OfFile, writeJson } from '../files';
import { DESCRIPTION_FILE, KERAS_FILE, MODEL_FILES } from '../project/model-files';
import { shownPath } from '../project/shown-path';
import { tf } from '../tensorflow/load';
import type { ClassifierDescription, ClassifierFile, FileSeal } from './classifier-description';
import { describeClassifier, readClassifierFiles } from './classifier-files';
import { writeKerasH5 } from './keras-h5';
import { swapFolderIn } from './swap-folder';

const WEIGHTS_FILE = 'weights.bin';

// As a record, so that the compiler misses what is added to a description and not kept.
const DESCRIPTION: Record<keyof ClassifierDescription, true> = {
  classNames: true,
  format: true,
  attribute: true,
  datasetName: true,
  split: true,
  splitDigest: true,
  drawn: true,
  head: true,
  recipe: true,
  testTimeFlip: true,
  frame: true,
  calibration: true,
  secondOpinion: true,
};
const DESCRIPTION_KEYS = Object.keys(DESCRIPTION) as (keyof ClassifierDescription)[];

/** A classifier, ready to predict. */
export interface SavedClassifier extends ClassifierDescription {
  /** Photos [n, height, width, 3] to outputs [n, classes]. Dispose of it when done. */
  model: tf.LayersModel;
}

// SHA-256 of weights.bin by folder, as this process loaded or saved it last.
const lastSeen = new Map<string, string>();

/**
 * Saves a model as TensorFlow.js layers (model.json, weights.bin) and for Keras in Python (best_model.h5), with its
 * classifier.json. The optimizer is not saved.
 * The folder is written aside and swapped in whole; one that was there before stays usable until then.
 * @param folder      absolute path, usually outputs/model
 * @param model       photos [n, height, width, 3] to outputs [n, classes]
 * @param description what is kept beside the weights
 * @throws            InputError where the disk or its quota is full, or best_model.h5 did not reach it whole; else the file
 *                    system's own error, such as no permission; the folder is then as it was
 */
export async function saveClassifier(
  folder: string,
  model: tf.LayersModel,
  description: ClassifierDescription,
): Promise<void> {
  let files: Record<string, FileSeal> = {};
  await swapFolderIn(folder, async (aside) => {
    await model.save(`file://${aside}`);
    await writeKerasH5(join(aside, KERAS_FILE), model);
    files = await sealFiles(aside);
    const content: ClassifierFile = {
      formatVersion: 1,
      ...descriptionOf(description),
      savedWith: { tfjs: tf.version_core, node: process.version },
      files,
    };
    await writeJson(join(aside, DESCRIPTION_FILE), content);
  }).catch((error: unknown) => {
    // Four bytes a weight, once for TensorFlow.js and once for Keras; an older model stays until the new one is whole.
    const megabytes = (2 * 4 * model.countParams()) / 1e6;
    throw explainWriteFault(error, folder, `${megabytes.toFixed(1)} MB beside what is there`);
  });
  lastSeen.set(folder, files[WEIGHTS_FILE].sha256);
}

/**
 * Loads what `saveClassifier` saved, and checks every byte of it first. Sound also while a training replaces the folder.
 * @param folder absolute path, usually outputs/model
 * @returns      the model with its description
 * @throws       InputError where there is no model, or a file of it is missing, cut short or changed
 * @example      const { model, classNames } = await loadClassifier(project.projectPath('outputs', 'model'));
 */
export async function loadClassifier(folder: string): Promise<SavedClassifier> {
  const { description, modelTopology, weightSpecs, weightData } = await readClassifierFiles(folder);
  const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
  lastSeen.set(folder, description.files[WEIGHTS_FILE].sha256);
  return { model, ...descriptionOf(description) };
}

/**
 * Adds to a saved classifier what is known only after training, such as its calibration. The weights stay as they are.
 * @param folder absolute path, usually outputs/model
 * @param part   what to add or replace
 * @throws       InputError where there is no model, a file of it is missing, cut short or changed, or its weights are others
 *               than this process loaded or saved there last: what was measured belongs to those; where the disk is full
 * @example      await amendClassifier(folder, { frame, calibration });
 */
export async function amendClassifier(
  folder: string,
  part: Pick<ClassifierDescription, 'frame' | 'calibration' | 'secondOpinion'>,
): Promise<void> {
  const { folder: place, description } = await readClassifierFiles(folder);
  const weights = description.files[WEIGHTS_FILE].sha256;
  checkSame(folder, lastSeen.get(folder) ?? weights, weights);
  const sameStill = async (): Promise<void> =>
    checkSame(folder, weights, (await describeClassifier(folder)).files[WEIGHTS_FILE].sha256);
  // Another run may have replaced the folder while the weights were read, and its model would then have the older one's seals.
  await sameStill();
  await writeJson(join(place, DESCRIPTION_FILE), { ...description, ...part }).catch(async (error: unknown) => {
    // Written aside in a folder that is gone by now.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') await sameStill();
    throw explainWriteFault(error, folder, DESCRIPTION_FILE);
  });
}

function checkSame(folder: string, seen: string, found: string): void {
  if (seen === found) return;
  throw new InputError({
    where: shownPath(folder),
    found: `other weights than were loaded from there (${found.slice(0, 12)}... instead of ${seen.slice(0, 12)}...)`,
    expected: 'the model that was measured',
    remedy: 'Another run has saved its model there meanwhile: load it again and measure it anew',
  });
}

/** A sentence where there is no room for the files; else the error itself. */
function explainWriteFault(error: unknown, folder: string, needed: string): unknown {
  return explainNoRoom(error, { where: shownPath(folder), needed, kept: 'what was saved before is as it was' });
}

/** Only what belongs to a description: whatever else the object carries, such as the model, isn't kept. */
function descriptionOf(full: ClassifierDescription): ClassifierDescription {
  const kept = DESCRIPTION_KEYS.filter((key) => full[key] !== undefined).map((key) => [key, full[key]]);
  return Object.fromEntries(kept) as ClassifierDescription;
}

async function sealFiles(folder: string): Promise<Record<string, FileSeal>> {
  const seals = MODEL_FILES.map(async (name): Promise<[string, FileSeal]> => {
    const file = join(folder, name);
    return [name, { sizeBytes: (await stat(file)).size, sha256: await sha256OfFile(file) }];
  });
  return Object.fromEntries(await Promise.all(seals));
}
