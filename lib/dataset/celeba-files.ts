/** Where in a folder or an archive CelebA's tables and photos lie. */

import { posix } from 'node:path';
import { zipTree, type FileTree } from './file-tree';
import type { LeftOutCounter } from './left-out';

/** The files of one copy of CelebA; what wasn't found is undefined. */
export interface CelebaFiles {
  /** The attributes: list_attr_celeba.txt or .csv. */
  attributes?: string;
  /** The split: list_eval_partition.txt or .csv. */
  partition?: string;
  /** Who is in each photo: identity_CelebA.txt or .csv. */
  identities?: string;
  /** Where the photos are. */
  photos?: PhotoPlace;
}

/** A folder of photos, on the disk or in an archive. */
export interface PhotoPlace {
  tree: FileTree;
  /** Path in the tree. */
  folder: string;
}

const PHOTO_FOLDER = 'img_align_celeba';

/**
 * Looks for CelebA's tables and photos where copies of it have them: in the folder itself, or in Anno/, Eval/ and Img/ as
 * its authors hand it out; tables as text, or as CSV as Kaggle has them; photos in img_align_celeba/, once more in a folder
 * of that name below, or still packed in img_align_celeba.zip.
 * @param tree    the folder or archive
 * @param leftOut counts what an archive of photos holds that can't be used
 * @param top     path in the tree of the folder itself; default the tree's top
 * @returns       paths in the tree
 * @throws        InputError where there is an archive of photos that can't be read
 */
export async function findCelebaFiles(tree: FileTree, leftOut: LeftOutCounter, top = ''): Promise<CelebaFiles> {
  const table = (...stems: string[]): string | undefined =>
    stems
      .flatMap((stem) => [`${stem}.txt`, `${stem}.csv`])
      .map((name) => posix.join(top, name))
      .find((path) => holds(tree, path));
  return {
    attributes: table('list_attr_celeba', 'Anno/list_attr_celeba'),
    partition: table('list_eval_partition', 'Eval/list_eval_partition'),
    identities: table('identity_CelebA', 'Anno/identity_CelebA'),
    photos: await findPhotos(tree, leftOut, top),
  };
}

async function findPhotos(tree: FileTree, leftOut: LeftOutCounter, top: string): Promise<PhotoPlace | undefined> {
  const places = [top, posix.join(top, 'Img')];
  const unpacked = foldersOfPhotos(tree, places);
  const full = unpacked.find(({ folder }) => tree.list(folder).files.length > 0);
  if (full !== undefined) return full;
  const archive = places.map((above) => posix.join(above, `${PHOTO_FOLDER}.zip`)).find((path) => holds(tree, path));
  if (archive === undefined || tree.zipped) return unpacked.at(-1);
  const packed = await zipTree(tree.pathOf(archive), leftOut);
  // Whoever packed the photos anew may have left the folder out.
  return (
    foldersOfPhotos(packed, ['']).find(({ folder }) => packed.list(folder).files.length > 0) ?? {
      tree: packed,
      folder: '',
    }
  );
}

/** Folders of CelebA's name, the inner one first. */
function foldersOfPhotos(tree: FileTree, places: string[]): PhotoPlace[] {
  const outer = places.map((above) => posix.join(above, PHOTO_FOLDER)).filter((folder) => isFolder(tree, folder));
  const inner = outer.map((folder) => `${folder}/${PHOTO_FOLDER}`).filter((folder) => isFolder(tree, folder));
  return [...inner, ...outer].map((folder) => ({ tree, folder }));
}

function holds(tree: FileTree, path: string): boolean {
  return tree.list(above(path)).files.includes(posix.basename(path));
}

function isFolder(tree: FileTree, path: string): boolean {
  return tree.list(above(path)).folders.includes(posix.basename(path));
}

function above(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}
