/** What a file that holds photos can do, whatever its kind. */

import { statSync } from 'node:fs';

/** An archive whose photos are read one by one, never unpacked to the disk. */
export interface Archive {
  /**
   * Reads one of its photos, whole.
   * @param name path inside the archive, with forward slashes
   * @throws     EntryError where there is none, it can't be unpacked, or the archive is closed
   */
  read(name: string): Promise<Uint8Array>;
  /** Closes the file, after reads that are under way; nothing can be read then. Again, it does nothing. */
  close(): void;
  /** Whether it was closed. */
  readonly closed: boolean;
}

/** Why one entry of an archive can't be had; the archive as a whole may be sound. */
export class EntryError extends Error {
  /** @param found what was found instead, such as `no such file` */
  constructor(readonly found: string) {
    super(found);
    this.name = 'EntryError';
  }
}

/** No photo's file is longer: 50 million pixels, the most that are decoded, take 150 MB uncompressed. */
export const MOST_ENTRY_BYTES = 200_000_000;

const ARCHIVE_END = /.\.(?:zip|parquet)(?=[/\\].)/gis;

/**
 * Splits a path that leads into an archive. A folder may be called photos.zip: it is passed over.
 * @param path such as /data/img_align_celeba.zip/img_align_celeba/000001.jpg
 * @returns    the archive's path and the rest; undefined where no part of the path but a folder has an archive's ending
 * @throws     the file system's own error where a part can't be looked at
 * @example    splitArchivePath('/d/a.zip/b/1.jpg') // { archive: '/d/a.zip', inside: 'b/1.jpg' }
 */
export function splitArchivePath(path: string): { archive: string; inside: string } | undefined {
  for (const { 0: ending, index } of path.matchAll(ARCHIVE_END)) {
    const end = index + ending.length;
    const archive = path.slice(0, end);
    if (!isFolder(archive)) return { archive, inside: path.slice(end + 1).replaceAll('\\', '/') };
  }
  return undefined;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
