/** A folder with one subfolder for each class, as a dataset with a split of its own. */

import { basename } from 'node:path';
import { InputError } from '../errors';
import { rankedBySeed } from '../random';
import { describeDataset, withCount } from './describe';
import type { FileTree } from './file-tree';
import { LackingFiles } from './lacking-files';
import type { LeftOutCounter } from './left-out';
import { below, classesIn, holdsClasses, leaveLooseFiles, listed, photosIn } from './photo-classes';
import { partNamed } from './part-names';
import type { Dataset, Part, Photo } from './types';

const VALIDATION_SHARE = 0.16;
const TEST_SHARE = 0.2;

/**
 * Reads class folders. A class is named as its folder; folders inside it belong to it. Of each class, 20 % of the photos are
 * for testing, 16 % for validation and the rest for training, chosen by a hash of seed and name: the same on every
 * machine, and hardly changed by a photo more.
 * Classes and files come in the order of their names' code units, as Keras's flow_from_directory sorts them.
 * @param tree    the folder, or an archive with such folders
 * @param top     path in the tree of the folder that holds the classes
 * @param seed    a whole number, fixes the split
 * @param leftOut counts files that are no photos of the dataset
 * @returns       at least two classes, each with at least one photo in each part
 * @throws        InputError: fewer than two classes, a class with fewer than three photos, parts below the classes or under
 *                names that aren't known
 */
export function openClassFolders(tree: FileTree, top: string, seed: number, leftOut: LeftOutCounter): Dataset {
  const classNames = classesIn(tree, top);
  const where = tree.pathOf(top);
  if (classNames.length < 2) throw oneClass(tree, top, classNames);
  if (classNames.every((name) => partNamed(name) !== undefined)) throw partsInstead(where, classNames);
  refuseOtherOrders(tree, top, classNames);
  const photos = classNames.flatMap((name, label) => {
    const paths = photosIn(tree, below(top, name), leftOut);
    if (paths.length < 3) throw tooFew(`${where}/${name}`, paths.length);
    // Below the top, so that a split doesn't depend on the folder that an archive was packed in.
    const names = paths.map((path) => (top === '' ? path : path.slice(top.length + 1)));
    const parts = split(names, seed);
    return names.map((photo, i): Photo => ({ file: tree.pathOf(paths[i]), name: photo, label, part: parts(photo) }));
  });
  leaveLooseFiles(tree, top, leftOut);
  const form = `one folder a class (${listed(classNames)})`;
  return { ...folderDataset(tree, classNames, photos, form, leftOut), split: 'random' };
}

/** A dataset whose classes are folders, in the parts that its photos have. */
export function folderDataset(
  tree: FileTree,
  classNames: string[],
  photos: Photo[],
  form: string,
  leftOut: LeftOutCounter,
): Dataset {
  const dataset: Dataset = {
    kind: 'class-folders',
    folder: tree.root,
    name: basename(tree.root),
    attribute: 'class',
    classNames,
    split: 'official',
    photos,
    missing: [],
    leftOut: leftOut.list(),
    drawn: false,
    description: '',
  };
  return { ...dataset, description: describeDataset(dataset, form) };
}

/** The part of each of a class's photos, by name. */
function split(names: string[], seed: number): (name: string) => Part {
  const testCount = Math.max(1, Math.round(TEST_SHARE * names.length));
  const validationCount = Math.max(1, Math.round(VALIDATION_SHARE * names.length));
  const ranked = rankedBySeed(names, seed, (name) => name);
  const test = new Set(ranked.slice(0, testCount));
  const validation = new Set(ranked.slice(testCount, testCount + validationCount));
  return (name) => (test.has(name) ? 'test' : validation.has(name) ? 'validation' : 'train');
}

/** Parts under a name that isn't known, or below the classes: test photos would train. */
function refuseOtherOrders(tree: FileTree, top: string, classNames: string[]): void {
  const inside = classNames.map((name) => classesIn(tree, below(top, name)));
  const besides = classNames.findIndex(
    (name, i) => partNamed(name) !== undefined && inside[i].some((folder) => classNames.includes(folder)),
  );
  if (besides >= 0) throw partBesideClasses(tree.pathOf(top), classNames, besides);
  const alike = inside.every((names) => names.length > 1 && names.join('/') === inside[0].join('/'));
  if (!alike) return;
  const inThem = `each with the folders ${inside[0].join(', ')}`;
  const partsInside = inside[0].every((name) => partNamed(name) !== undefined);
  if (!partsInside && !classNames.some((name) => partNamed(name) !== undefined)) return;
  throw new InputError({
    where: tree.pathOf(top),
    found: `folders ${classNames.join(', ')}, ${inThem}`,
    expected:
      'folders train, validation and test with a folder for each class in each, or a folder for each class alone',
    remedy: partsInside
      ? 'Put the parts above the classes: train/CLASS instead of CLASS/train'
      : 'Rename these folders',
  });
}

/** One part stands beside the classes of another: its photos would be a class of their own. */
function partBesideClasses(folder: string, names: string[], at: number): InputError {
  return new InputError({
    where: folder,
    found: `a folder ${names[at]}, with classes in it, beside the classes ${listed(names.filter((_, i) => i !== at))}`,
    expected:
      'folders train, validation and test with a folder for each class in each, or a folder for each class alone',
    remedy: `Sort all photos into train, validation and test, or move ${names[at]} out of this folder`,
  });
}

function oneClass(tree: FileTree, top: string, classNames: string[]): InputError {
  const inside = below(top, classNames[0]);
  // It may be a folder around the classes: which of the two is meant, only the user knows.
  const meant = 'if its subfolders are the classes or the parts';
  const remedy = tree.zipped ? `pack ${inside} alone` : `set DATASET to ${tree.pathOf(inside)}`;
  const around = holdsClasses(tree, inside) ? `, or ${remedy}, ${meant}` : '';
  return new InputError({
    where: tree.pathOf(top),
    found: `one class only (${listed(classNames)})`,
    expected: "CelebA's tables, or a subfolder for each of two or more classes",
    remedy: `Put the photos of the other class into a folder beside it${around}`,
  });
}

function partsInstead(folder: string, names: string[]): InputError {
  return new InputError({
    where: folder,
    found: `folders named as parts (${listed(names)}) without a folder for each class in them`,
    expected: 'a subfolder for each class, in each part or without parts',
    remedy: 'Sort the photos of each part into a folder for each class',
  });
}

function tooFew(folder: string, count: number): InputError {
  return new LackingFiles({
    where: folder,
    found: count === 0 ? 'no photos' : withCount(count, 'photo'),
    expected: 'at least 3, one each to train, validate and test',
    remedy: 'Add photos, or remove the folder',
  });
}
