/** Where in a folder CelebA's tables and photos lie. */

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files of one copy of CelebA; a table that wasn't found is undefined. */
export interface CelebaFiles {
  /** list_attr_celeba.txt: the attributes. */
  attributes?: string;
  /** list_eval_partition.txt: the split. */
  partition?: string;
  /** identity_CelebA.txt: who is in each photo. */
  identities?: string;
  /** The folder that holds the photos. */
  photos?: string;
}

/**
 * Looks for CelebA's text tables and photos where copies of it have them: in the folder itself, or in Anno/, Eval/ and
 * Img/ as its authors hand it out; the photos in img_align_celeba/, or once more in a folder of that name below.
 * @param folder absolute path of a folder that exists
 * @returns      absolute paths of what was found
 */
export function findCelebaFiles(folder: string): CelebaFiles {
  const table = (...places: string[]): string | undefined =>
    places.map((place) => join(folder, place)).find((path) => existsSync(path));
  return {
    attributes: table('list_attr_celeba.txt', 'Anno/list_attr_celeba.txt'),
    partition: table('list_eval_partition.txt', 'Eval/list_eval_partition.txt'),
    identities: table('identity_CelebA.txt', 'Anno/identity_CelebA.txt'),
    photos: findPhotos(folder),
  };
}

function findPhotos(folder: string): string | undefined {
  const name = 'img_align_celeba';
  const places = [join(folder, name), join(folder, 'Img', name)].filter(isFolder);
  const nested = places.map((place) => join(place, name)).filter(isFolder);
  return [...nested, ...places].find((place) => readdirSync(place).length > 0) ?? places[0];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
