/** Archives by their paths: opened when first needed, then kept open. */

import { statSync } from 'node:fs';
import type { Archive } from './archive';
import { ParquetArchive } from './parquet-archive';
import { ZipArchive } from './zip-archive';

interface OpenArchive {
  archive: Promise<Archive>;
  /** Tells one state of the file from another. */
  version: string;
}

const openArchives = new Map<string, OpenArchive>();

/**
 * Opens a zip archive, or the one that is open already; again where its file has changed since.
 * @throws InputError where it can't be read
 */
export function openZip(path: string): Promise<ZipArchive> {
  return openOnce(path, async () => new ZipArchive(path)) as Promise<ZipArchive>;
}

/**
 * Opens a parquet file with photos, or the one that is open already; again where it has changed since.
 * @throws InputError where it can't be read, or holds no photos
 */
export function openParquetPhotos(path: string): Promise<ParquetArchive> {
  return openOnce(path, () => ParquetArchive.open(path)) as Promise<ParquetArchive>;
}

/**
 * Reads one photo from an archive, which is opened where it isn't yet.
 * @param archive absolute path, ending in .zip or .parquet
 * @param inside  the photo's path in it
 * @throws        EntryError for the photo, InputError for the archive; the file system's own error
 */
export async function readFromArchive(archive: string, inside: string): Promise<Uint8Array> {
  const open = openArchives.get(archive)?.archive;
  if (open !== undefined) return (await open).read(inside);
  return (await (/\.zip$/i.test(archive) ? openZip(archive) : openParquetPhotos(archive))).read(inside);
}

function openOnce(path: string, open: () => Promise<Archive>): Promise<Archive> {
  const { size, mtimeMs } = statSync(path);
  const version = `${size} ${mtimeMs}`;
  const kept = openArchives.get(path);
  if (kept?.version === version) return kept.archive;
  // One that couldn't be opened has told its caller why, and holds nothing to close.
  kept?.archive.then(
    (archive) => archive.close(),
    () => undefined,
  );
  const archive = open();
  openArchives.set(path, { archive, version });
  archive.catch(() => {
    // A newer state of the file may be open by now.
    if (openArchives.get(path)?.archive === archive) openArchives.delete(path);
  });
  return archive;
}
