/** A CelebA folder as a dataset: photos joined with their labels, their parts and, where known, their persons. */

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError } from '../errors';
import type { CelebaFiles } from './celeba-files';
import { parseIdentities, parsePartition } from './celeba-text';
import { describeParts, withCount } from './describe';
import { nearestNames } from './nearest-names';
import { parseAttributes, type AttributeTable } from './parse-attributes';
import type { Dataset, Part, Photo } from './types';

/**
 * Reads a CelebA folder. The folder of photos is listed once; no photo is opened.
 * @param folder    absolute path
 * @param files     what `findCelebaFiles` found there; the attribute table must be among it
 * @param attribute a column of the table, such as Male
 * @returns         photos in the table's order; those without a file are in `missing`
 * @throws          InputError: a table is missing or at fault, there is no such attribute, no photo is there
 */
export function openCelebaFolder(folder: string, files: CelebaFiles, attribute: string): Dataset {
  const { attributes, partition, photos: photoFolder } = files;
  if (attributes === undefined) throw missing(folder, 'list_attr_celeba.txt', 'the attributes');
  if (partition === undefined) throw missing(folder, 'list_eval_partition.txt', "CelebA's own split");
  if (photoFolder === undefined)
    throw missing(folder, 'img_align_celeba', 'the photos', ': unpack img_align_celeba.zip');
  const table = parseAttributes(attributes);
  const labels = columnOf(table, attribute, attributes);
  const partOf = partsOf(table.files, partition);
  const identityOf = files.identities === undefined ? undefined : numbersOf(files.identities);
  const onDisk = new Set(readdirSync(photoFolder));
  const dataset = emptyDataset(folder, attribute);
  table.files.forEach((name, i) => {
    const identity = identityOf?.get(name);
    const photo: Photo = { file: join(photoFolder, name), name, label: labels[i] > 0 ? 1 : 0, part: partOf.get(name)! };
    if (identity !== undefined) photo.identity = identity;
    (onDisk.delete(name) ? dataset.photos : dataset.missing).push(photo);
  });
  if (dataset.photos.length === 0) throw noPhotos(photoFolder, table.files);
  checkParts(dataset, partition);
  return {
    ...dataset,
    description: describe(dataset, [...onDisk].filter((name) => /\.(jpe?g|png)$/i.test(name)).length),
  };
}

/**
 * Names of an attribute's two classes, -1 first.
 * @example classNamesOf('Male') // ['female', 'male']
 * @example classNamesOf('Wearing_Hat') // ['not Wearing Hat', 'Wearing Hat']
 */
export function classNamesOf(attribute: string): [string, string] {
  if (attribute === 'Male') return ['female', 'male'];
  const name = attribute.replaceAll('_', ' ');
  return [`not ${name}`, name];
}

function emptyDataset(folder: string, attribute: string): Dataset {
  return {
    kind: 'celeba',
    folder,
    name: basename(folder),
    attribute,
    classNames: classNamesOf(attribute),
    split: 'official',
    photos: [],
    missing: [],
    drawn: false,
    description: '',
  };
}

function columnOf(table: AttributeTable, attribute: string, file: string): Int8Array {
  const index = table.attributes.indexOf(attribute);
  if (index >= 0) return table.columns[index];
  const nearest = nearestNames(attribute, table.attributes);
  const others = table.attributes.length > nearest.length ? `, ... (${table.attributes.length} in all)` : '';
  throw new InputError({
    where: `${file}, line 2`,
    found: `no column ${attribute}`,
    expected: `one of its columns: ${nearest.join(', ')}${others}`,
    remedy: `Set ATTRIBUTE=${nearest[0]}, or copy the table again`,
  });
}

function partsOf(names: string[], file: string): Map<string, Part> {
  const { files, parts } = parsePartition(file);
  const partOf = new Map(files.map((name, i) => [name, parts[i]]));
  const without = names.filter((name) => !partOf.has(name));
  if (without.length === 0) return partOf;
  throw new InputError({
    where: file,
    found: `no row for ${without[0]}${without.length > 1 ? ` and ${withCount(without.length - 1, 'other photo')}` : ''}`,
    expected: 'a row for each photo of list_attr_celeba.txt',
    remedy: 'Copy both tables again, from the same place',
  });
}

/** Nothing can be learned where a part is empty or the training part shows one class only. */
function checkParts({ folder, attribute, classNames, photos }: Dataset, partition: string): void {
  const empty = (['train', 'validation', 'test'] as const).find((part) => !photos.some((photo) => photo.part === part));
  if (empty !== undefined) {
    const remedy = 'Put photos of all parts there';
    throw new InputError({ where: partition, found: `no ${empty} photo`, expected: 'photos in each part', remedy });
  }
  const training = photos.filter(({ part }) => part === 'train');
  const lacking = classNames.find((_, label) => !training.some((photo) => photo.label === label));
  if (lacking === undefined) return;
  throw new InputError({
    where: folder,
    found: `one class only: no training photo is labelled ${lacking}`,
    expected: `photos of both classes of ${attribute}`,
    remedy: 'Add photos, or choose another column with ATTRIBUTE',
  });
}

function numbersOf(file: string): Map<string, number> {
  const { files, values } = parseIdentities(file);
  return new Map(files.map((name, i) => [name, values[i]]));
}

function describe(dataset: Dataset, unlabelled: number): string {
  const notes = [
    dataset.missing.length > 0 && `${withCount(dataset.missing.length, 'photo')} of the table not there`,
    unlabelled > 0 && `${withCount(unlabelled, 'file')} without a label left out`,
  ].filter((note) => note !== false);
  return [`${dataset.name}: CelebA text tables`, describeParts(dataset.photos), ...notes].join(', ');
}

function missing(
  folder: string,
  name: string,
  what: string,
  how = ' from the place that the photos came from',
): InputError {
  return new InputError({
    where: folder,
    found: `no ${name}`,
    expected: `${what} beside CelebA's other files`,
    remedy: `Put ${name} there${how}`,
  });
}

function noPhotos(photoFolder: string, names: string[]): InputError {
  return new InputError({
    where: photoFolder,
    found: 'none of the photos that list_attr_celeba.txt names',
    expected: `${names[0]} and ${withCount(names.length - 1, 'other')}`,
    remedy: 'Unpack img_align_celeba.zip there',
  });
}
