/** A stand-in for CelebA at its full size: generated tables, and photos that are hard links to a few. */

import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { dataset, InputError, photos, project, random } from 'celeba-lab';

export const ROWS = 202_599;
const PERSONS = 10_177;
const TRAIN = 162_770;
const VALIDATION = 19_867;
// 40 names; the values are drawn, so only their number matters.
const ATTRIBUTES = ['Male', ...Array.from({ length: 39 }, (_, i) => `Attribute_${i + 1}`)];
// Ext4 allows 65,000 links to a file; more photos also keep the page cache from flattering.
const PHOTOS = 200;

/**
 * Writes the stand-in.
 * @param folder empty, absolute; afterwards to be opened as any copy of CelebA
 * @throws       InputError, before anything is written, where DATASET has no JPEG
 */
export async function writeStandIn(folder: string): Promise<void> {
  const few = await someJpegs();
  const next = random.seededRandom(1);
  const names = Array.from({ length: ROWS }, (_, i) => `${String(i + 1).padStart(6, '0')}.jpg`);
  const values = (): string => ATTRIBUTES.map(() => (next() < 0.4 ? ' 1' : '-1')).join(' ');
  const rows = names.map((name) => `${name} ${values()}\n`);
  writeFileSync(join(folder, 'list_attr_celeba.txt'), `${ROWS}\n${ATTRIBUTES.join(' ')} \n${rows.join('')}`);
  const parts = names.map((name, i) => `${name} ${i < TRAIN ? 0 : i < TRAIN + VALIDATION ? 1 : 2}\n`);
  writeFileSync(join(folder, 'list_eval_partition.txt'), parts.join(''));
  const persons = names.map((name) => `${name} ${1 + Math.floor(next() * PERSONS)}\n`);
  writeFileSync(join(folder, 'identity_CelebA.txt'), persons.join(''));
  await linkPhotos(folder, few, names);
}

/** Photos of DATASET, or of the sample set, whose names fit CelebA's. */
async function someJpegs(): Promise<dataset.Photo[]> {
  const { dataset: source, attribute } = project.readSettings(process.env);
  const data = await dataset.openDataset(source, { attribute });
  const jpegs = data.photos.filter(({ name }) => /^\.jpe?g$/i.test(extname(name)));
  if (jpegs.length > 0) return random.shuffled(jpegs, 1).slice(0, PHOTOS);
  throw new InputError({
    where: `DATASET=${source}`,
    found: `none of ${data.photos.length} photos with the ending .jpg or .jpeg`,
    expected: "JPEGs, as CelebA's photos are",
    remedy: 'Set DATASET to photos that are, or leave it out for the sample set',
  });
}

/** Links each of the few photos under many names. */
async function linkPhotos(folder: string, few: dataset.Photo[], names: string[]): Promise<void> {
  mkdirSync(join(folder, 'few'));
  const files: string[] = [];
  for (const [i, { file }] of few.entries()) {
    files.push(join(folder, 'few', `${i}.jpg`));
    writeFileSync(files[i], await photos.readPhotoBytes(file));
  }
  mkdirSync(join(folder, 'img_align_celeba'));
  names.forEach((name, i) => linkSync(files[i % files.length], join(folder, 'img_align_celeba', name)));
}
