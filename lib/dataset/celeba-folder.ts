/** A CelebA folder as a dataset: photos joined with their labels, their parts and, where known, their persons. */

import { basename } from 'node:path';
import { InputError } from '../errors';
import { isPhotoName } from '../files';
import { attributeColumn } from './attribute-column';
import { checkBothClasses } from './both-classes';
import type { CelebaFiles, PhotoPlace } from './celeba-files';
import { readCelebaRows, type CelebaRows } from './celeba-tables';
import { classNamesOf } from './class-names';
import { describeDataset, withCount } from './describe';
import { staysInside, type FileTree } from './file-tree';
import { LackingFiles } from './lacking-files';
import type { LeftOutCounter } from './left-out';
import { PARTS, type Dataset, type Photo } from './types';

/**
 * Joins CelebA's tables with its photos. The place of the photos is listed once; no photo is opened.
 * @param tree      the folder or archive
 * @param files     what `findCelebaFiles` found there
 * @param attribute a column of the table, such as Male
 * @param leftOut   counts rows and files that are no photos of the dataset
 * @returns         photos in the table's order; those without a file are in `missing`
 * @throws          InputError: a table is missing or at fault, there is no such attribute, no photo is there
 */
export async function openCelebaFolder(
  tree: FileTree,
  files: CelebaFiles,
  attribute: string,
  leftOut: LeftOutCounter,
): Promise<Dataset> {
  const { attributes, partition, photos: place } = files;
  const { root } = tree;
  if (attributes === undefined) throw missing(root, 'list_attr_celeba.txt', 'the attributes');
  if (partition === undefined) throw missing(root, 'list_eval_partition.txt', "CelebA's own split");
  if (place === undefined) throw missing(root, 'img_align_celeba', 'the photos', ', or img_align_celeba.zip');
  const rows = await readCelebaRows(tree, { ...files, attributes, partition }, leftOut);
  const labels = attributeColumn(rows.table, attribute, headingOf(tree.pathOf(attributes)));
  const dataset: Dataset = { ...emptyDataset(root, attribute), table: rows.table };
  const unlabelled = pairPhotos(dataset, rows, labels, place, leftOut);
  if (dataset.photos.length === 0) throw noPhotos(place.tree.pathOf(place.folder), rows.table.files);
  checkParts(dataset, tree.pathOf(partition));
  for (const name of unlabelled) leftOut.add('file without a label', name);
  dataset.leftOut = leftOut.list();
  return { ...dataset, description: describeDataset(dataset, formOf(attributes, place)) };
}

/** Puts each row's photo where it belongs; returns photos that no row names. */
function pairPhotos(
  dataset: Dataset,
  { table, parts, identities }: CelebaRows,
  labels: Int8Array,
  { tree, folder }: PhotoPlace,
  leftOut: LeftOutCounter,
): string[] {
  const there = new Set(tree.list(folder).files);
  const above = `${tree.pathOf(folder)}/`;
  table.files.forEach((name, i) => {
    if (!staysInside(name)) return leftOut.add('row with a name that leads outside the folder of photos', name);
    const identity = identities?.[i];
    const photo: Photo = { file: above + name, name, label: labels[i] > 0 ? 1 : 0, part: parts[i] };
    if (identity !== undefined) photo.identity = identity;
    (there.delete(name) ? dataset.photos : dataset.missing).push(photo);
  });
  return [...there].filter(isPhotoName);
}

function headingOf(table: string): string {
  return `${table}, line ${table.endsWith('.csv') ? 1 : 2}`;
}

function formOf(attributes: string, { tree }: PhotoPlace): string {
  const tables = attributes.endsWith('.csv') ? 'CelebA as CSV tables' : 'CelebA text tables';
  return tree.zipped ? `${tables}, photos in ${basename(tree.root)}` : tables;
}

/** A CelebA dataset without photos. */
export function emptyDataset(folder: string, attribute: string): Dataset {
  return {
    kind: 'celeba',
    folder,
    name: basename(folder),
    attribute,
    classNames: classNamesOf(attribute),
    split: 'official',
    photos: [],
    missing: [],
    leftOut: [],
    drawn: false,
    description: '',
  };
}

/**
 * Checks that something can be learned: no part is empty, and the training part shows both classes.
 * @param data      with its photos and their parts
 * @param partition the table that names the parts, as messages name it
 * @throws          InputError where a part is empty, or all training photos are of one class
 */
export function checkParts(data: Dataset, partition: string): void {
  const { photos } = data;
  const empty = PARTS.find((part) => !photos.some((photo) => photo.part === part));
  if (empty !== undefined) {
    const remedy = 'Put photos of all parts there';
    throw new InputError({ where: partition, found: `no ${empty} photo`, expected: 'photos in each part', remedy });
  }
  checkBothClasses(data, ['train']);
}

function missing(
  folder: string,
  name: string,
  what: string,
  how = ' from the place that the photos came from',
): InputError {
  return new LackingFiles({
    where: folder,
    found: `no ${name}`,
    expected: `${what} beside CelebA's other files`,
    remedy: `Put ${name} there${how}`,
  });
}

function noPhotos(photoFolder: string, names: string[]): InputError {
  return new LackingFiles({
    where: photoFolder,
    found: 'none of the photos that list_attr_celeba.txt names',
    expected: `${names[0]} and ${withCount(names.length - 1, 'other')}`,
    remedy: 'Unpack img_align_celeba.zip there',
  });
}
