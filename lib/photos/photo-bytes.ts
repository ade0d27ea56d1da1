/** The bytes of a photo of a dataset, wherever it lies: the one place where datasets' photos are read. */

import { readFile, stat } from 'node:fs';
import { promisify } from 'node:util';
import { EntryError, readFromArchive, splitArchivePath } from '../archives';
import { InputError, SystemFault } from '../errors';
import { isGarbled, isSystemFault } from '../files';

// Half the time of node:fs/promises, which makes a handle for each file.
const readWhole = promisify(readFile);
const statOf = promisify(stat);

// More than 100 megapixels without compression; several photos are read at a time.
const MOST_BYTES = 400_000_000;

/**
 * Reads a photo's file, whole, from the disk or from the archive that its path leads into. Doesn't look at what is in it:
 * `decodePhoto` does.
 * @param file `file` of a photo of a dataset: a path, or ARCHIVE.zip/PATH or ARCHIVE.parquet/ROW/NAME
 * @returns    the file's bytes, as they are kept
 * @throws     InputError with one sentence: no such file, a folder, not to be read, an archive that is damaged; SystemFault
 *             where the system failed, and nothing is known of the photo
 */
export async function readPhotoBytes(file: string): Promise<Uint8Array> {
  try {
    const place = splitArchivePath(file);
    if (place === undefined) return await readFromDisk(file);
    return await readFromArchive(place.archive, place.inside);
  } catch (error) {
    if (error instanceof InputError) throw error;
    if (isSystemFault(error)) throw systemFault(file, error as Error);
    if (error instanceof EntryError) throw photoDefect(file, error.found);
    throw photoDefect(file, ...reasonOf(file, error as NodeJS.ErrnoException));
  }
}

async function readFromDisk(file: string): Promise<Uint8Array> {
  const found = await statOf(file);
  // Reading a pipe waits for somebody to write into it, and nothing ends that.
  if (!found.isFile() && !found.isDirectory()) throw photoDefect(file, 'a pipe, a socket or a device');
  if (found.size > MOST_BYTES) {
    const size = `a file of ${(found.size / 1e9).toFixed(1)} GB, more than ${MOST_BYTES / 1e6} MB`;
    throw photoDefect(file, size);
  }
  return readWhole(file);
}

/**
 * The error for a photo that can't be used.
 * @param where  path of the photo, or the word photo
 * @param found  what was found, such as `an empty file (0 bytes)`
 * @param remedy what to do about it; default to replace or remove the file
 */
export function photoDefect(where: string, found: string, remedy = 'Replace the file or remove it'): InputError {
  return new InputError({ where, found, expected: 'a JPEG, PNG, WebP, GIF, TIFF or AVIF picture', remedy });
}

function systemFault(where: string, { message }: Error): SystemFault {
  return new SystemFault({
    where,
    found: `a fault of the system (${message})`,
    expected: "the photo's bytes",
    remedy:
      'Run the same again; if this photo alone fails each time, its place on the disk is bad: replace or remove it',
  });
}

/** What was found and, where it isn't the usual one, the remedy. */
function reasonOf(file: string, { code, message }: NodeJS.ErrnoException): [found: string, remedy?: string] {
  if (code === 'ENOENT' && isGarbled(file)) return ['a name that is not UTF-8', 'Rename the file'];
  if (code === 'ENOENT' || code === 'ENOTDIR') return ['no such file'];
  if (code === 'EISDIR') return ['a folder'];
  if (code === 'EACCES' || code === 'EPERM')
    return ['a file that may not be read', 'Give yourself the right to read it, or remove it'];
  if (code === 'ELOOP') return ['links in a circle', 'Remove the link'];
  return [`a file that can't be read (${message})`];
}
