/** Reads a saved classifier's files into memory and checks them there, so that what is checked is what is used. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { InputError } from '../errors';
import { sha256Of } from '../files/checksum';
import { readTextIfThere } from '../files/read-if-there';
import { readingFault } from '../files/refused-rights';
import { DESCRIPTION_FILE } from '../project/model-files';
import { shownPath } from '../project/shown-path';
import type { tf } from '../tensorflow/load';
import type { ClassifierFile, FileSeal } from './classifier-description';
import { setAsidePath } from './swap-folder';

/** Names, shapes and types of the weights, in their order in weights.bin. */
type WeightSpecs = Awaited<ReturnType<typeof tf.io.encodeWeights>>['specs'];

/** The checked content of a saved classifier's folder. */
export interface ClassifierFiles {
  /** Where they lie: in the folder that was asked for, or in the one that a crashed run had set aside. */
  folder: string;
  description: ClassifierFile;
  modelTopology: object;
  weightSpecs: WeightSpecs;
  weightData: ArrayBuffer;
}

// Swapping folders takes two renames and the removal of three files.
const MOST_ATTEMPTS = 4;
const SWAP_MS = 50;
const NO_FILE = 'no such file';

interface ModelJson {
  modelTopology: object;
  weightsManifest: { weights: WeightSpecs }[];
}

/**
 * Reads and checks a saved classifier.
 * @param folder absolute path
 * @throws       InputError where there is none, or a file of it is missing, cut short, changed or not for this user to read
 */
export async function readClassifierFiles(folder: string): Promise<ClassifierFiles> {
  let found = await readDescription(folder);
  for (let attempt = 1; ; attempt++) {
    try {
      return await readFrom(found.folder, found.text);
    } catch (error) {
      const before = found;
      found = await readDescription(folder);
      // A training may have replaced the folder in the midst of reading: then its description is another by now, or a file
      // went with the older folder.
      const replaced = found.text !== before.text || found.folder !== before.folder || isMissingFile(error);
      if (attempt === MOST_ATTEMPTS || !replaced) throw error;
      await setTimeout(SWAP_MS);
    }
  }
}

/**
 * Tells saved classifiers apart: the description holds the checksums of the weights beside what was fitted later.
 * @param folder absolute path
 * @returns      SHA-256 of classifier.json, hexadecimal
 * @throws       InputError where there is none, or it may not be read
 */
export async function fingerprintOfClassifier(folder: string): Promise<string> {
  return sha256Of((await readDescription(folder)).text);
}

/**
 * What is kept beside the weights, without looking at these.
 * @param folder absolute path
 * @throws       InputError where there is no model, or its description is damaged or may not be read
 */
export async function describeClassifier(folder: string): Promise<ClassifierFile> {
  const found = await readDescription(folder);
  return parseDescription(found.folder, found.text);
}

async function readDescription(folder: string): Promise<{ folder: string; text: string }> {
  // The second is there alone when a run was cut off in the moment of swapping folders.
  for (const candidate of [folder, setAsidePath(folder), folder]) {
    const text = await readTextIfThere(join(candidate, DESCRIPTION_FILE), 'the description of a saved model');
    if (text !== undefined) return { folder: candidate, text };
  }
  throw new InputError({
    where: shownPath(folder),
    found: 'no trained model',
    expected: 'model.json, weights.bin and classifier.json',
    remedy: 'Run npm start, or notebook 3, to train one',
  });
}

async function readFrom(folder: string, text: string): Promise<ClassifierFiles> {
  const description = parseDescription(folder, text);
  const modelJson = await readSealed(folder, 'model.json', description.files['model.json']);
  const bytes = await readSealed(folder, 'weights.bin', description.files['weights.bin']);
  const { modelTopology, weightsManifest } = JSON.parse(modelJson.toString('utf8')) as ModelJson;
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  return { folder, description, modelTopology, weightSpecs, weightData: new Uint8Array(bytes).buffer };
}

async function readSealed(folder: string, name: string, seal: FileSeal): Promise<Buffer> {
  const where = `${shownPath(folder)}/${name}`;
  const bytes = await readFile(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
    // Only a file that isn't there is the model's damage; a right or a disk that fails is mended elsewhere.
    if (error.code === 'ENOENT') throw damaged(where, NO_FILE, 'a file of the saved model');
    throw readingFault(where, 'file', 'a file of the saved model', error);
  });
  if (bytes.length !== seal.sizeBytes) throw damaged(where, `${bytes.length} bytes`, `${seal.sizeBytes} bytes`);
  const sha256 = sha256Of(bytes);
  if (sha256 !== seal.sha256)
    throw damaged(where, `SHA-256 ${sha256.slice(0, 12)}...`, `${seal.sha256.slice(0, 12)}..., as when it was saved`);
  return bytes;
}

function isMissingFile(error: unknown): boolean {
  return error instanceof InputError && error.found === NO_FILE;
}

function parseDescription(folder: string, text: string): ClassifierFile {
  const where = `${shownPath(folder)}/classifier.json`;
  const value = parseJson(text);
  if (isDescription(value)) return value;
  const version = (value as { formatVersion?: unknown } | undefined)?.formatVersion;
  if (typeof version === 'number' && version !== 1) throw damaged(where, `format version ${version}`, 'version 1');
  throw damaged(
    where,
    'something else than the description of a classifier',
    'JSON with class names, format and files',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDescription(value: unknown): value is ClassifierFile {
  const { formatVersion, classNames, format, attribute, datasetName, drawn, head, files } = (value ??
    {}) as Partial<ClassifierFile>;
  return (
    formatVersion === 1 &&
    Array.isArray(classNames) &&
    classNames.length > 0 &&
    classNames.every((name) => typeof name === 'string') &&
    isFormat(format) &&
    typeof attribute === 'string' &&
    typeof datasetName === 'string' &&
    typeof drawn === 'boolean' &&
    (head === 'sigmoid' || head === 'softmax') &&
    isSeal(files?.['model.json']) &&
    isSeal(files?.['weights.bin'])
  );
}

function isFormat(format: ClassifierFile['format'] | undefined): boolean {
  return (
    [format?.height, format?.width].every((side) => Number.isSafeInteger(side) && Number(side) > 0) &&
    format?.channelOrder === 'bgr' &&
    format.interpolation === 'nearest' &&
    Array.isArray(format.means) &&
    format.means.length === 3 &&
    format.means.every(Number.isFinite)
  );
}

function isSeal(seal: FileSeal | undefined): boolean {
  return typeof seal?.sizeBytes === 'number' && typeof seal.sha256 === 'string';
}

function damaged(where: string, found: string, expected: string): InputError {
  return new InputError({
    where,
    found,
    expected,
    remedy: 'The file is damaged or from another version: run npm start to train the model again',
  });
}
