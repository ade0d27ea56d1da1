/** The settings of a run: read from environment variables, checked, with the article's values as defaults. */

import { statSync } from 'node:fs';
import { InputError } from '../errors';
import { checkOutputsPlace, checkOutsideDataset } from './outputs-place';
import { projectPath, usersPath } from './paths';

/** What a notebook or command needs to know before it starts. */
export interface Settings {
  /** Folder of the photos (DATASET), absolute; undefined stands for the sample set. */
  dataset: string | undefined;
  /** The attribute that is learned (ATTRIBUTE); default Male. */
  attribute: string;
  /** `article`: learning rate and momentum to the letter; `scaled`: by a rule of the number of steps (RECIPE); default scaled. */
  recipe: 'article' | 'scaled';
  /** `sigmoid` with binary cross-entropy, or `softmax` with categorical cross-entropy (HEAD); default sigmoid. */
  head: 'sigmoid' | 'softmax';
  /** Train on stored `features` of the frozen layers, or run the whole `network` each step (FROZEN); default features. */
  frozen: 'features' | 'network';
  /** Number format in which stored features are computed (PRECISION); default float32. */
  precision: 'float32' | 'bfloat16';
  /** `article`: photos 178 high and 218 wide, as the article has them; `true`: 218 high and 178 wide (SHAPE); default article. */
  shape: 'article' | 'true';
  /** Epochs at most (EPOCHS); default 20. */
  epochs: number;
  /** Photos a step, 2 or more (BATCH); default 12. */
  batchSize: number;
  /** Seed of initial weights, dropped and shuffled photos (SEED); default 1. */
  seed: number;
  /** `official`: the data set's own split; `article`: the author's photos; `random`: a draw (SPLIT); default official. */
  split: 'official' | 'article' | 'random';
  /** Training photos at most (TRAIN); default 32,000. */
  train: number;
  /** Validation photos at most (VALID); default 8,000. */
  validation: number;
  /** Test photos at most (TEST); default 1,000. */
  test: number;
  /** The parts whose number was asked for by TRAIN, VALID or TEST: there it is an error if there are fewer photos. */
  asked: ('train' | 'validation' | 'test')[];
  /** Whether a training that was cut off, itself or what follows it, is continued (RESUME=1) or begun anew (RESUME=0); default true. */
  resume: boolean;
  /** Folder for everything a run leaves (OUTPUTS), absolute; default outputs/. */
  outputs: string;
  /** Folder of the user's own photos (PHOTOS), absolute; default data/own/. */
  ownPhotos: string;
}

type Environment = Record<string, string | undefined>;

const SIZES = { train: 'TRAIN', validation: 'VALID', test: 'TEST' } as const;

/**
 * Reads the settings from environment variables. A relative folder starts where the user is, see `usersPath`.
 * @param env usually `process.env`; a variable that is empty counts as not set
 * @returns   every setting, with defaults filled in
 * @throws    InputError that names the variable, its value and what it may be
 * @example   readSettings({ EPOCHS: '3' }).epochs // 3
 */
export function readSettings(env: Environment): Settings {
  const dataset = folder(env, 'DATASET');
  return {
    dataset,
    attribute: env.ATTRIBUTE || 'Male',
    recipe: oneOf(env, 'RECIPE', ['scaled', 'article']),
    head: oneOf(env, 'HEAD', ['sigmoid', 'softmax']),
    frozen: oneOf(env, 'FROZEN', ['features', 'network']),
    precision: oneOf(env, 'PRECISION', ['float32', 'bfloat16']),
    shape: oneOf(env, 'SHAPE', ['article', 'true']),
    epochs: count(env, 'EPOCHS', 20),
    // One photo can't be normalized by its batch: every answer would be the same.
    batchSize: count(env, 'BATCH', 12, 2),
    seed: count(env, 'SEED', 1),
    split: oneOf(env, 'SPLIT', ['official', 'article', 'random']),
    train: count(env, SIZES.train, 32000),
    validation: count(env, SIZES.validation, 8000),
    test: count(env, SIZES.test, 1000),
    asked: (['train', 'validation', 'test'] as const).filter((part) => env[SIZES[part]]),
    resume: oneOf(env, 'RESUME', ['1', '0']) === '1',
    outputs: outputsFolder(env, dataset),
    ownPhotos: existing(folder(env, 'PHOTOS'), 'PHOTOS') ?? projectPath('data', 'own'),
  };
}

function folder(env: Environment, name: string): string | undefined {
  const value = env[name];
  return value ? usersPath(value, env) : undefined;
}

function outputsFolder(env: Environment, dataset: string | undefined): string {
  const outputs = folder(env, 'OUTPUTS') ?? projectPath('outputs');
  checkOutputsPlace(outputs);
  if (dataset !== undefined) checkOutsideDataset(outputs, dataset);
  return outputs;
}

function existing(path: string | undefined, name: string): string | undefined {
  if (path === undefined || statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  throw new InputError({
    where: name,
    found: `no folder ${path}`,
    expected: 'a folder with photos of your own',
    remedy: `Check the path, or leave ${name} out and put photos into data/own`,
  });
}

function oneOf<T extends string>(env: Environment, name: string, values: readonly [T, ...T[]]): T {
  const value = env[name] || values[0];
  const match = values.find((candidate) => candidate === value);
  if (match !== undefined) return match;
  throw new InputError({
    where: name,
    found: `"${value}"`,
    expected: values.join(' or '),
    remedy: `Set ${name}=${values[0]}, or leave it out`,
  });
}

function count(env: Environment, name: string, fallback: number, least = 1): number {
  const value = env[name];
  if (!value) return fallback;
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new InputError({
    where: name,
    found: `"${value}"`,
    expected: `a whole number above ${least - 1}`,
    remedy: `Set ${name}=${fallback}, or leave it out`,
  });
}
