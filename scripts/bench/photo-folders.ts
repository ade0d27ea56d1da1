/** The photos of a comparison as class folders, which both sides can read. */

import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { dataset, InputError, photos, project, random } from 'celeba-lab';
import type { BenchPlan } from './plan';

/** A photo that both sides read. */
export interface BenchPhoto {
  file: string;
  label: number;
}

/** Where the photos are, and how many a whole run would have. */
export interface BenchPhotos {
  /** Folder with one folder a class. */
  trainFolder: string;
  validationFolder: string;
  train: BenchPhoto[];
  validation: BenchPhoto[];
  classNames: string[];
  datasetName: string;
  /** Photos of the dataset's parts, for which times are reckoned. */
  trainCount: number;
  validationCount: number;
}

// What Keras's image_dataset_from_directory lists; it passes over the others.
const SEEN_BY_KERAS = ['.bmp', '.gif', '.jpeg', '.jpg', '.png'];

/**
 * Copies the photos that are measured into folders.
 * @param folder empty, absolute
 * @param env    DATASET, ATTRIBUTE, SEED, TRAIN and VALID, as for npm start
 */
export async function writePhotoFolders(folder: string, env: NodeJS.ProcessEnv, plan: BenchPlan): Promise<BenchPhotos> {
  const settings = project.readSettings(env);
  const { attribute, seed } = settings;
  const data = await dataset.openDataset(settings.dataset, { attribute, seed });
  const part = (name: dataset.Part) => data.photos.filter((photo) => photo.part === name);
  const copy = async (name: dataset.Part, most: number) => {
    const below = join(folder, name);
    for (const className of data.classNames) await mkdir(join(below, className), { recursive: true });
    const chosen = random.shuffled(part(name), seed).slice(0, most);
    return Promise.all(chosen.map((photo, i) => copyPhoto(photo, join(below, data.classNames[photo.label]), i)));
  };
  return {
    train: await copy('train', plan.trainPhotos),
    validation: await copy('validation', plan.validationPhotos),
    trainFolder: join(folder, 'train'),
    validationFolder: join(folder, 'validation'),
    classNames: data.classNames,
    datasetName: data.name,
    trainCount: Math.min(part('train').length, settings.train),
    validationCount: Math.min(part('validation').length, settings.validation),
  };
}

/**
 * Refuses photos that Keras would pass over.
 * @throws InputError that names the first
 */
export function checkKerasReads({ train, validation }: BenchPhotos): void {
  const odd = [...train, ...validation].find(({ file }) => !SEEN_BY_KERAS.includes(extname(file).toLowerCase()));
  if (odd === undefined) return;
  throw new InputError({
    where: 'DATASET',
    found: `${extname(odd.file)} photos, which Keras passes over`,
    expected: SEEN_BY_KERAS.join(', '),
    remedy: 'Set it to such photos, or leave it out for the sample set',
  });
}

/** The same photos as a dataset has them; a photo's file is its name. */
export function datasetPhotos(chosen: readonly BenchPhoto[], part: dataset.Part): dataset.Photo[] {
  return chosen.map(({ file, label }) => ({ file, label, part, name: file }));
}

async function copyPhoto({ file, label }: dataset.Photo, folder: string, index: number): Promise<BenchPhoto> {
  const target = join(folder, `${String(index).padStart(5, '0')}${extname(file)}`);
  await writeFile(target, await photos.readPhotoBytes(file));
  return { file: target, label };
}
