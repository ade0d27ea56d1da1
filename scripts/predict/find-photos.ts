/** The photos among the paths that a user gives: files as they are, folders with all that is in them. */

import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** A photo to predict, or a path that leads to none. */
export interface FoundPhoto {
  /** The path as the user knows it: as given, or below a given folder. */
  shown: string;
  /** Absolute path. */
  file: string;
  /** Why there is no photo, in one sentence. */
  error?: string;
}

// In a folder other files, such as a README, are not meant. BMP and HEIC can't be read, but shouldn't vanish silently.
const PHOTO_NAME = /\.(jpe?g|png|webp|gif|tiff?|avif|bmp|heic|heif)$/i;

/**
 * Finds photos in the order of the paths, inside a folder by name, its subfolders included. Hidden files and folders are
 * left out, and links to folders aren't followed, so that a circle ends. A file that is given itself may have any name.
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
    const photos = await photosIn(shown, file);
    return photos.length > 0 ? photos : [{ shown, file, error: noPhoto(shown, 'a folder without photos') }];
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    return [{ shown, file, error: noPhoto(shown, missing ? 'no such file or folder' : message) }];
  }
}

async function photosIn(shown: string, folder: string): Promise<FoundPhoto[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const photos: FoundPhoto[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const below = { shown: join(shown, entry.name), file: join(folder, entry.name) };
    if (entry.isDirectory()) photos.push(...(await photosIn(below.shown, below.file)));
    else if (PHOTO_NAME.test(entry.name)) photos.push(below);
  }
  return photos;
}

function noPhoto(where: string, found: string): string {
  return `${where}: found ${found}, expected a photo or a folder of photos. Check the path.`;
}
