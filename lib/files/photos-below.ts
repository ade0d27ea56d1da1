/** The photos in a folder and in the folders below it. */

import { readdir } from 'node:fs/promises';
import { extname } from 'node:path';

// What sharp reads; BMP and HEIC are listed too, so that they are rejected by name instead of being overlooked.
const PHOTO_EXTENSIONS = /^\.(jpe?g|png|webp|gif|tiff?|avif|bmp|heic|heif)$/i;

/**
 * Whether a file's name is a photo's; what is in the file is for `decodePhoto` to say.
 * @example isPhotoName('IMG_1.JPG') // true
 */
export function isPhotoName(name: string): boolean {
  return PHOTO_EXTENSIONS.test(extname(name));
}

/**
 * Lists photos by name, folder by folder. Hidden files and folders are left out, and links to folders aren't followed, so
 * that a circle ends.
 * @param folder absolute path
 * @returns      paths below the folder, with forward slashes; none where there is no such folder
 * @throws       the file system's own error where the folder can't be read
 */
export async function photosBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory())
      found.push(...(await photosBelow(`${folder}/${entry.name}`)).map((name) => `${entry.name}/${name}`));
    else if (isPhotoName(entry.name)) found.push(entry.name);
  }
  return found;
}
