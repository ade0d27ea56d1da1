/** Folders train, validation and test, each with a subfolder for each class, as the article's own code makes them. */

import { folderDataset } from './class-folders';
import type { FileTree } from './file-tree';
import { LackingFiles } from './lacking-files';
import type { LeftOutCounter } from './left-out';
import { partNamed } from './part-names';
import { below, classesIn, holdsClasses, leaveLooseFiles, listed, photosIn } from './photo-classes';
import { PARTS, type Dataset, type Part, type Photo } from './types';

/** Whether a folder's subfolders are parts: two or more are named so, and hold class folders. */
export function holdsParts(tree: FileTree, top: string): boolean {
  const parts = classesIn(tree, top).filter((name) => partNamed(name) !== undefined);
  return parts.length >= 2 && parts.some((name) => holdsClasses(tree, below(top, name)));
}

/**
 * Reads part folders. Nothing is split: each photo is in the part whose folder it lies in. Classes are the subfolders of
 * all parts together, sorted by name as Keras's flow_from_directory sorts them, and so are the files.
 * @param tree    the folder, or an archive
 * @param top     path in the tree of the folder that holds the parts
 * @param leftOut counts files and folders that aren't used
 * @throws        InputError: a part is missing, empty or of one class only, two folders stand for one part, fewer than two
 *                classes, a class without training photos
 */
export function openPartFolders(tree: FileTree, top: string, leftOut: LeftOutCounter): Dataset {
  const where = tree.pathOf(top);
  const folders = partFolders(tree, top, where, leftOut);
  const classNames = [...new Set(folders.flatMap(({ folder }) => classesIn(tree, folder)))].sort();
  if (classNames.length < 2) throw fault(where, `one class only (${listed(classNames)})`, 'two or more in each part');
  const photos = folders.flatMap(({ folder, part }) => {
    leaveLooseFiles(tree, folder, leftOut);
    return classNames.flatMap((name, label) =>
      photosIn(tree, below(folder, name), leftOut).map((path): Photo => {
        return { file: tree.pathOf(path), name: top === '' ? path : path.slice(top.length + 1), label, part };
      }),
    );
  });
  leaveLooseFiles(tree, top, leftOut);
  for (const { folder, part } of folders) {
    if (!photos.some((photo) => photo.part === part))
      throw fault(tree.pathOf(folder), 'no photo', 'a folder of photos for each class');
    // A network that always answers that class would be right on all of them, and every figure would praise it.
    const [label, ...others] = new Set(photos.filter((photo) => photo.part === part).map((photo) => photo.label));
    if (part !== 'train' && others.length === 0)
      throw fault(
        tree.pathOf(folder),
        `photos of one class only (${classNames[label]})`,
        'photos of two or more classes',
      );
  }
  const lacking = classNames.findIndex(
    (_, label) => !photos.some((photo) => photo.part === 'train' && photo.label === label),
  );
  if (lacking >= 0)
    throw fault(where, `no training photo of class ${classNames[lacking]}`, 'photos of each class to train on');
  const form = `folders ${folders.map(({ folder }) => folder.slice(top === '' ? 0 : top.length + 1)).join(', ')} with one folder a class (${listed(classNames)})`;
  return folderDataset(tree, classNames, photos, form, leftOut);
}

function partFolders(
  tree: FileTree,
  top: string,
  where: string,
  leftOut: LeftOutCounter,
): { folder: string; part: Part }[] {
  const names = classesIn(tree, top);
  for (const name of names) {
    if (partNamed(name) === undefined) leftOut.add('folder beside the parts', below(top, name));
  }
  return PARTS.map((part) => {
    const found = names.filter((name) => partNamed(name) === part);
    if (found.length === 1) return { folder: below(top, found[0]), part };
    if (found.length > 1)
      throw fault(where, `${found.join(' and ')}, which both stand for one part`, 'one folder a part');
    throw fault(
      where,
      `no folder for the ${part} part among ${names.join(', ')}`,
      'folders train, validation and test',
    );
  });
}

function fault(where: string, found: string, expected: string): LackingFiles {
  const remedy = 'Add what is missing, or put all photos of a class into one folder: the split is then made here';
  return new LackingFiles({ where, found, expected, remedy });
}
