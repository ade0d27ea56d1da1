/** A folder with one subfolder for each class, as a dataset with a split of its own. */

import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError } from '../errors';
import { isPhotoName } from '../files';
import { rankedBySeed } from '../random';
import { describeParts, withCount } from './describe';
import type { Dataset, Part, Photo } from './types';

// What archives made on a Mac leave.
const NO_CLASS = '__MACOSX';
const PART_NAMES = /^(train(ing)?|val(id|idation)?|test(ing)?)$/i;
const VALIDATION_SHARE = 0.16;
const TEST_SHARE = 0.2;
const NAMES_SHOWN = 5;

/**
 * Whether a folder has subfolders with photos in them.
 * @param folder absolute path
 */
export function holdsClasses(folder: string): boolean {
  return listClasses(folder).some((name) => listPhotos(join(folder, name)).length > 0);
}

/**
 * Reads class folders. A class is named as its folder; folders inside it belong to it. Of each class, 20 % of the photos are
 * for testing, 16 % for validation and the rest for training, chosen by a hash of seed and name: the same on every
 * machine, and hardly changed by a photo more.
 * Classes and files come in the order of their names' code units, as Keras's flow_from_directory sorts them.
 * @param folder absolute path
 * @param seed   a whole number, fixes the split
 * @returns      at least two classes, each with at least one photo in each part
 * @throws       InputError: fewer than two classes, a class with fewer than three photos, folders named as parts
 */
export function openClassFolders(folder: string, seed: number): Dataset {
  const classNames = listClasses(folder);
  if (classNames.every((name) => PART_NAMES.test(name))) throw partsInstead(folder, classNames);
  if (classNames.length < 2) throw oneClass(folder, classNames);
  const photos = classNames.flatMap((name, label) => {
    const names = listPhotos(join(folder, name)).map((file) => `${name}/${file}`);
    if (names.length < 3) throw tooFew(join(folder, name), names.length);
    return split(names, seed).map(([file, part]): Photo => ({ file: join(folder, file), name: file, label, part }));
  });
  const name = basename(folder);
  return {
    kind: 'class-folders',
    folder,
    name,
    attribute: 'class',
    classNames,
    split: 'random',
    photos,
    missing: [],
    drawn: false,
    description: `${name}: one folder a class (${listed(classNames)}), ${describeParts(photos)}`,
  };
}

function listClasses(folder: string): string[] {
  return listEntries(folder)
    .filter(({ name, isFolder }) => isFolder && name !== NO_CLASS)
    .map(({ name }) => name);
}

function split(names: string[], seed: number): [name: string, part: Part][] {
  const testCount = Math.max(1, Math.round(TEST_SHARE * names.length));
  const validationCount = Math.max(1, Math.round(VALIDATION_SHARE * names.length));
  const ranked = rankedBySeed(names, seed, (name) => name);
  const test = new Set(ranked.slice(0, testCount));
  const validation = new Set(ranked.slice(testCount, testCount + validationCount));
  return names.map((name) => [name, test.has(name) ? 'test' : validation.has(name) ? 'validation' : 'train']);
}

/** Photos below a folder: folder by folder in the order of their paths, with forward slashes. */
function listPhotos(folder: string): string[] {
  return listFolders(folder, '')
    .sort()
    .flatMap((below) =>
      listEntries(join(folder, below))
        .filter(({ name, isFolder }) => !isFolder && isPhotoName(name))
        .map(({ name }) => (below === '' ? name : `${below}/${name}`)),
    );
}

function listFolders(folder: string, below: string): string[] {
  // A class may be a link; links further in are left alone, because they may lead back to where they start.
  const inside = listEntries(join(folder, below)).filter(({ isFolder, isLink }) => isFolder && !isLink);
  return [below, ...inside.flatMap(({ name }) => listFolders(folder, below === '' ? name : `${below}/${name}`))];
}

interface Entry {
  name: string;
  isFolder: boolean;
  isLink: boolean;
}

function listEntries(folder: string): Entry[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  return entries
    .map((entry): Entry => {
      const isLink = entry.isSymbolicLink();
      const target = isLink ? statSync(join(folder, entry.name), { throwIfNoEntry: false }) : entry;
      return { name: entry.name, isFolder: target?.isDirectory() ?? false, isLink };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function oneClass(folder: string, classNames: string[]): InputError {
  return new InputError({
    where: folder,
    found: `one class only (${listed(classNames)})`,
    expected: "CelebA's tables, or a subfolder for each of two or more classes",
    remedy: 'Put the photos of the other class into a folder beside it',
  });
}

function partsInstead(folder: string, names: string[]): InputError {
  return new InputError({
    where: folder,
    found: `folders named as parts (${listed(names)})`,
    expected: 'a subfolder for each class',
    remedy: 'Put all photos of a class into one folder: the split into parts is made here',
  });
}

function listed(names: string[]): string {
  return names.length > NAMES_SHOWN ? `${names.slice(0, NAMES_SHOWN).join(', ')}, ...` : names.join(', ');
}

function tooFew(folder: string, count: number): InputError {
  return new InputError({
    where: folder,
    found: count === 0 ? 'no photos' : withCount(count, 'photo'),
    expected: 'at least 3, one each to train, validate and test',
    remedy: 'Add photos, or remove the folder',
  });
}
