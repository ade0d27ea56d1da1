/** A trained classifier in a folder: the model, and what one must know to use it elsewhere. */

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256OfFile, writeJson } from '../files';
import type { PhotoFormat } from '../photos/photo-format';
import { tf } from '../tensorflow/load';
import { readClassifierFiles } from './classifier-files';
import { swapFolderIn } from './swap-folder';

/** What is kept beside the weights. */
export interface ClassifierDescription {
  /** Names of the classes, in the order of the model's outputs. */
  classNames: string[];
  /** How a photo becomes the model's input; the same for training, test and prediction. */
  format: PhotoFormat;
  /** The attribute that was learned, or `class` for class folders. */
  attribute: string;
  /** Short name of the dataset it was trained on. */
  datasetName: string;
  /** True where it was trained on drawings, the sample set: then it knows little of photos. */
  drawn: boolean;
  /** The last layer: `sigmoid` units judge each for itself, `softmax` outputs add up to 1. */
  head: 'sigmoid' | 'softmax';
}

/** A classifier, ready to predict. */
export interface SavedClassifier extends ClassifierDescription {
  /** Photos [n, height, width, 3] to outputs [n, classes]. Dispose of it when done. */
  model: tf.LayersModel;
}

/** Size and checksum of one of the model's files, so that damage is seen before TensorFlow stumbles over it. */
export interface FileSeal {
  sizeBytes: number;
  sha256: string;
}

/** classifier.json as it is stored. */
export interface ClassifierFile extends ClassifierDescription {
  /** Raised when a reader of the old layout couldn't read the new one. */
  formatVersion: 1;
  /** What wrote it. */
  savedWith: { tfjs: string; node: string };
  /** By file name. */
  files: Record<string, FileSeal>;
}

/** Files of a saved model as TensorFlow.js names them. */
export const MODEL_FILES = ['model.json', 'weights.bin'] as const;

/**
 * Saves a model as TensorFlow.js layers (model.json, weights.bin) with its classifier.json. The optimizer is not saved.
 * The folder is written aside and swapped in whole; one that was there before stays usable until then.
 * @param folder      absolute path, usually outputs/model
 * @param model       photos [n, height, width, 3] to outputs [n, classes]
 * @param description what is kept beside the weights
 * @throws            the file system's own error (no space, no permission); the folder is then as it was
 */
export async function saveClassifier(
  folder: string,
  model: tf.LayersModel,
  description: ClassifierDescription,
): Promise<void> {
  await swapFolderIn(folder, async (aside) => {
    await model.save(`file://${aside}`);
    const { classNames, format, attribute, datasetName, drawn, head } = description;
    const content: ClassifierFile = {
      formatVersion: 1,
      ...{ classNames, format, attribute, datasetName, drawn, head },
      savedWith: { tfjs: tf.version_core, node: process.version },
      files: await sealFiles(aside),
    };
    await writeJson(join(aside, 'classifier.json'), content);
  });
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
  const { classNames, format, attribute, datasetName, drawn, head } = description;
  return { model, classNames, format, attribute, datasetName, drawn, head };
}

async function sealFiles(folder: string): Promise<Record<string, FileSeal>> {
  const seals = MODEL_FILES.map(async (name): Promise<[string, FileSeal]> => {
    const file = join(folder, name);
    return [name, { sizeBytes: (await stat(file)).size, sha256: await sha256OfFile(file) }];
  });
  return Object.fromEntries(await Promise.all(seals));
}
