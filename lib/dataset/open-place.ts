/** Recognises what lies at a path, and opens it. */

import { access, constants, readdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from '../errors';
import { isPhotoName, readingFault } from '../files';
import { findCelebaFiles, type CelebaFiles } from './celeba-files';
import { openCelebaFolder } from './celeba-folder';
import { openCelebaParquet } from './celeba-parquet';
import { readParts } from './celeba-tables';
import { openClassFolders } from './class-folders';
import { folderTree, zipTree, type FileTree } from './file-tree';
import { LackingFiles, withLinks } from './lacking-files';
import { LeftOutCounter } from './left-out';
import { findShards, shardOf, type Shard } from './parquet-shards';
import { holdsParts, openPartFolders } from './part-folders';
import { below, holdsClasses } from './photo-classes';
import type { Dataset, Part } from './types';

// What the system's answer says of a path at which nothing can lie.
const NO_PLACE: Record<string, string> = {
  ENOENT: 'no such folder',
  ENOTDIR: 'no such folder',
  ELOOP: 'links in a circle',
  ENAMETOOLONG: 'a name that is too long',
};

/**
 * Opens a folder, a zip archive or a parquet file.
 * @param path      absolute
 * @param attribute column of CelebA's attribute table
 * @param seed      fixes the split of class folders
 * @throws          InputError where nothing is recognised or may be read, or what is recognised has a fault; where the system
 *                  fails, such as by too many open files, its error
 */
export async function openPlace(path: string, attribute: string, seed: number): Promise<Dataset> {
  const leftOut = new LeftOutCounter();
  try {
    return await recognise(path, attribute, seed, leftOut);
  } catch (error) {
    throw withLinks(error, leftOut);
  }
}

async function recognise(path: string, attribute: string, seed: number, leftOut: LeftOutCounter): Promise<Dataset> {
  if (await isFile(path)) {
    if (/\.parquet$/i.test(path)) {
      const beside = folderTree(dirname(path), new LeftOutCounter());
      return openParquet(path, [shardOf(path)], beside, attribute, leftOut);
    }
    if (!/\.zip$/i.test(path)) throw fault(path, 'a file', 'Unpack it, and set DATASET to the folder that it gives');
    return openArchive(path, attribute, seed, leftOut);
  }
  await checkFolder(path);
  const tree = folderTree(path, leftOut);
  const shards = findShards(tree);
  const celeba = await (shards.length > 0 ? findCelebaFiles(tree, leftOut) : findCelebaBelow(tree, leftOut));
  if (shards.length > 0 && (celeba.attributes === undefined || celeba.photos === undefined)) {
    return openParquet(path, shards, tree, attribute, leftOut);
  }
  return openTree(tree, '', celeba, { attribute, seed, leftOut });
}

interface How {
  attribute: string;
  seed: number;
  leftOut: LeftOutCounter;
}

async function openTree(tree: FileTree, top: string, celeba: CelebaFiles, how: How): Promise<Dataset> {
  if (celeba.attributes !== undefined || celeba.partition !== undefined) {
    return openCelebaFolder(tree, celeba, how.attribute, how.leftOut);
  }
  if (celeba.photos === undefined && holdsParts(tree, top)) return openPartFolders(tree, top, how.leftOut);
  if (celeba.photos === undefined && holdsClasses(tree, top)) return openClassFolders(tree, top, how.seed, how.leftOut);
  throw await unknown(tree);
}

/** A zip archive: a whole dataset, or CelebA's photos alone with the tables beside it. */
async function openArchive(path: string, attribute: string, seed: number, leftOut: LeftOutCounter): Promise<Dataset> {
  const tree = await zipTree(path, leftOut);
  const celeba = await findCelebaBelow(tree, leftOut);
  const how = { attribute, seed, leftOut };
  if (celeba.attributes !== undefined) return openTree(tree, '', celeba, how);
  const beside = folderTree(dirname(path), new LeftOutCounter());
  const tables = await findCelebaFiles(beside, new LeftOutCounter());
  if (tables.attributes !== undefined) {
    const photos = celeba.photos ?? { tree, folder: '' };
    return openCelebaFolder(beside, { ...tables, photos }, attribute, leftOut);
  }
  return openTree(tree, topOf(tree), celeba, how);
}

/** CelebA's files, in the highest folder that has any: a copy often comes with the folder around it. */
async function findCelebaBelow(tree: FileTree, leftOut: LeftOutCounter): Promise<CelebaFiles> {
  for (const top of singleFolders(tree)) {
    const found = await findCelebaFiles(tree, leftOut, top);
    if (Object.values(found).some((place) => place !== undefined)) return found;
  }
  return {};
}

/** The folder with the class folders: an archive is often packed with the folder around it. */
function topOf(tree: FileTree): string {
  return singleFolders(tree).findLast((folder) => tree.list(folder).folders.length > 0) ?? '';
}

/** The tree's top, and the folders below it for as long as each is the only one. */
function singleFolders(tree: FileTree): string[] {
  const way = [''];
  for (;;) {
    const { files, folders } = tree.list(way[way.length - 1]);
    // A link that leads back to where it lies ends this too: no system follows more than some forty on one way.
    if (folders.length !== 1 || files.some(isPhotoName)) return way;
    way.push(below(way[way.length - 1], folders[0]));
  }
}

async function openParquet(
  path: string,
  shards: Shard[],
  tree: FileTree,
  attribute: string,
  leftOut: LeftOutCounter,
): Promise<Dataset> {
  const { partition } = shards.every(({ part }) => part !== undefined)
    ? {}
    : await findCelebaFiles(tree, new LeftOutCounter());
  const parts = partition === undefined ? undefined : await readParts(tree, partition);
  const partTable = parts && new Map<string, Part>(parts.files.map((name, i) => [name, parts.parts[i]]));
  return openCelebaParquet(path, shards, attribute, partTable, leftOut);
}

async function isFile(path: string): Promise<boolean> {
  const status = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const found = NO_PLACE[error.code ?? ''];
    if (found === undefined) throw readingFault(path, 'folder', 'a folder of photos', error);
    throw fault(path, found, 'Check the path in DATASET, or leave it out for the sample set');
  });
  if (!status.isDirectory() && !status.isFile()) {
    throw fault(path, 'a pipe, a socket or a device', 'Set DATASET to a folder, an archive or a parquet file');
  }
  return status.isFile();
}

async function checkFolder(path: string): Promise<void> {
  await access(path, constants.R_OK | constants.X_OK).catch((error: unknown) => {
    throw readingFault(path, 'folder', 'a folder of photos', error);
  });
  if ((await readdir(path)).length === 0) throw fault(path, 'an empty folder', 'Put the photos there');
}

async function unknown({ root }: FileTree): Promise<InputError> {
  const above = await readdir(dirname(root)).catch((): string[] => []);
  const isBelow = above.some((name) => /^list_attr_celeba\.(txt|csv)$/.test(name));
  return new LackingFiles({
    where: root,
    found: 'neither tables nor class folders',
    expected:
      'list_attr_celeba.txt and list_eval_partition.txt beside img_align_celeba, parquet files, or a subfolder for each class',
    remedy: isBelow
      ? 'Set DATASET to the folder above, which holds the tables'
      : 'Put the text tables there, or sort the photos into one folder a class',
  });
}

function fault(where: string, found: string, remedy: string): InputError {
  return new InputError({ where, found, expected: 'a folder of photos', remedy });
}
