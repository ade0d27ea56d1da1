/** The photos among the paths that a user gives: files as they are, folders with all that is in them. */

import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { files } from 'celeba-lab';

/** A photo to predict, or a path that leads to none. */
export interface FoundPhoto {
  /** The path as the user knows it: as given, or below a given folder. */
  shown: string;
  /** Absolute path. */
  file: string;
  /** Why there is no photo, in one sentence. */
  error?: string;
}

/**
 * Finds photos in the order of the paths, inside a folder by name, its subfolders included. A file that is given itself may
 * have any name.
 * @param paths  as given by the user
 * @param folder what relative paths are relative to
 */
export async function findPhotos(paths: string[], folder: string): Promise<FoundPhoto[]> {
  const found: FoundPhoto[] = [];
  for (const path of paths) found.push(...(await photosAt(path, resolve(folder, path))));
  return found;
}

async function photosAt(shown: string, file: string): Promise<FoundPhoto[]> {
  try {
    if (!(await stat(file)).isDirectory()) return [{ shown, file }];
    const photos = await files.photosBelow(file);
    if (photos.length > 0) return photos.map((name) => ({ shown: join(shown, name), file: join(file, name) }));
    return [{ shown, file, error: noPhoto(shown, 'a folder without photos') }];
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    return [{ shown, file, error: noPhoto(shown, missing ? 'no such file or folder' : message) }];
  }
}

function noPhoto(where: string, found: string): string {
  return `${where}: found ${found}, expected a photo or a folder of photos. Check the path.`;
}
