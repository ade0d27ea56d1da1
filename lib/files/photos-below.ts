/** The photos in a folder and in the folders below it. */

import { readdir, stat } from 'node:fs/promises';
import { extname } from 'node:path';

// What sharp reads; BMP and HEIC are listed too, so that they are rejected by name instead of being overlooked.
const PHOTO_EXTENSIONS = /^\.(jpe?g|jpe|jfif|png|webp|gif|tiff?|avif|bmp|heic|heif)$/i;

/** Told of a folder below that can't be read, by its path with forward slashes; '' for the folder itself. */
export type OnUnreadable = (folder: string, error: NodeJS.ErrnoException) => void;

/**
 * Whether a file's name is a photo's; what is in the file is for `decodePhoto` to say.
 * @example isPhotoName('IMG_1.JPG') // true
 */
export function isPhotoName(name: string): boolean {
  return PHOTO_EXTENSIONS.test(extname(name));
}

/**
 * Lists photos by name, folder by folder. Hidden files and folders, pipes and devices are left out, and links to folders
 * aren't followed, so that a circle ends.
 * @param folder       absolute path
 * @param onUnreadable called for each folder that can't be read, instead of throwing
 * @returns            paths below the folder, with forward slashes; none where there is no such folder
 * @throws             the file system's own error where a folder can't be read and nobody is to be told
 */
export async function photosBelow(folder: string, onUnreadable?: OnUnreadable): Promise<string[]> {
  const found: string[] = [];
  await collect(folder, '', found, onUnreadable);
  return found;
}

async function collect(
  top: string,
  below: string,
  found: string[],
  onUnreadable: OnUnreadable | undefined,
): Promise<void> {
  const folder = `${top}/${below}`;
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    // It was removed since it was listed, or it is there, and its photos must not be passed over unsaid.
    if (error.code === 'ENOENT' && !isGarbled(folder)) return [];
    if (onUnreadable === undefined) throw error;
    onUnreadable(below.replace(/\/$/, ''), error);
    return [];
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) await collect(top, `${below}${entry.name}/`, found, onUnreadable);
    else if (isPhotoName(entry.name)) {
      const canBeRead = entry.isSymbolicLink() ? await isReadableLink(`${folder}${entry.name}`) : entry.isFile();
      if (canBeRead) found.push(`${below}${entry.name}`);
    }
  }
}

/**
 * Whether a path has bytes that are no UTF-8: Node shows them by another character, and finds nothing by that.
 * @param path as Node gives it
 */
export function isGarbled(path: string): boolean {
  return path.includes('\uFFFD');
}

/**
 * Whether a link with a photo's name is to be read. False where it leads to a pipe or a device: reading one may never end.
 * @param link absolute path
 */
export async function isReadableLink(link: string): Promise<boolean> {
  const target = await stat(link).catch(() => undefined);
  // A link to nothing, or to a folder, stays: it bears a photo's name, and reading it says what is wrong.
  return target === undefined || target.isFile() || target.isDirectory();
}
