/** Archives by their paths: opened when first needed, then kept open. */

import { statSync } from 'node:fs';
import type { Archive } from './archive';
import { ParquetArchive } from './parquet-archive';
import { ZipArchive } from './zip-archive';

interface OpenArchive {
  archive: Promise<Archive>;
  /** The same, once it is open. */
  opened?: Archive;
  /** Tells one state of the file from another. */
  version: string;
}

const openArchives = new Map<string, OpenArchive>();

/**
 * Opens a zip archive, or the one that is open already; again where it was closed or its file has changed since.
 * @throws InputError where it can't be read; the file system's own error, such as ENOENT
 */
export function openZip(path: string): Promise<ZipArchive> {
  return openOnce(path, async () => new ZipArchive(path)) as Promise<ZipArchive>;
}

/**
 * Opens a parquet file with photos, or the one that is open already; again where it was closed or has changed since.
 * @throws InputError where it can't be read, or holds no photos; the file system's own error, such as ENOENT
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
  const open = keptOpen(archive);
  if (open !== undefined) return (await open.archive).read(inside);
  return (await (/\.zip$/i.test(archive) ? openZip(archive) : openParquetPhotos(archive))).read(inside);
}

/** The archive that is open or being opened; one that its user has closed is none. */
function keptOpen(path: string): OpenArchive | undefined {
  const kept = openArchives.get(path);
  return kept?.opened?.closed ? undefined : kept;
}

/** Enters the archive before it waits for anything, so that two calls at once share one. */
async function openOnce(path: string, open: () => Promise<Archive>): Promise<Archive> {
  const { size, mtimeMs } = statSync(path);
  const version = `${size} ${mtimeMs}`;
  const kept = keptOpen(path);
  if (kept?.version === version) return kept.archive;
  // One that couldn't be opened has told its caller why, and holds nothing to close.
  kept?.archive.then(
    (archive) => archive.close(),
    () => undefined,
  );
  const entry: OpenArchive = { archive: open(), version };
  openArchives.set(path, entry);
  try {
    return (entry.opened = await entry.archive);
  } catch (error) {
    // A newer state of the file may be open by now.
    if (openArchives.get(path) === entry) openArchives.delete(path);
    throw error;
  }
}
