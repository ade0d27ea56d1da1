/** Subfolders as classes: their names, and the photos in each. */

import { isPhotoName } from '../files';
import type { FileTree } from './file-tree';
import type { LeftOutCounter } from './left-out';

const NAMES_SHOWN = 5;

/**
 * Whether a folder has subfolders with photos in them.
 * @param folder path in the tree
 */
export function holdsClasses(tree: FileTree, folder: string): boolean {
  return classesIn(tree, folder).some((name) => holdsPhotos(tree, below(folder, name)));
}

/** Names of a folder's subfolders, sorted by their code units, as Keras's flow_from_directory sorts classes. */
export function classesIn(tree: FileTree, folder: string): string[] {
  return [...tree.list(folder).folders].sort();
}

/**
 * Photos in a folder and in those below it, folder by folder in the order of their paths, files sorted by name.
 * @param leftOut counts files that are no photos by their name, and links to folders
 * @returns       paths in the tree
 */
export function photosIn(tree: FileTree, folder: string, leftOut: LeftOutCounter): string[] {
  return foldersIn(tree, folder, leftOut)
    .sort()
    .flatMap((path) => {
      const names = tree.list(path).files;
      for (const name of names) if (!isPhotoName(name)) leftOut.add('file not named as a photo', below(path, name));
      return names
        .filter(isPhotoName)
        .sort()
        .map((name) => below(path, name));
    });
}

/** Counts the files of a folder that has class folders: they belong to none. */
export function leaveLooseFiles(tree: FileTree, folder: string, leftOut: LeftOutCounter): void {
  for (const name of tree.list(folder).files) {
    if (isPhotoName(name)) leftOut.add('photo outside of every class folder', below(folder, name));
  }
}

/** Names of classes for a sentence, the first five where there are more. */
export function listed(names: readonly string[]): string {
  return names.length > NAMES_SHOWN ? `${names.slice(0, NAMES_SHOWN).join(', ')}, ...` : names.join(', ');
}

/** A path one step further. */
export function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

// Links in a class folder are left alone, because they may lead back to where they start; a class itself may be one.
function foldersIn(tree: FileTree, folder: string, leftOut?: LeftOutCounter): string[] {
  const { folders, links } = tree.list(folder);
  for (const name of links) leftOut?.add('link to a folder inside a class', below(folder, name));
  const inside = folders.filter((name) => !links.includes(name));
  return [folder, ...inside.flatMap((name) => foldersIn(tree, below(folder, name), leftOut))];
}

function holdsPhotos(tree: FileTree, folder: string): boolean {
  return foldersIn(tree, folder).some((path) => tree.list(path).files.some(isPhotoName));
}
