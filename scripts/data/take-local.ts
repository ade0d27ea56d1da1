/** Takes a dataset from files that are here: a folder, or a zip archive of one. */

import { constants, createWriteStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'celeba-lab/dist/archives/crc32';
import { InputError } from 'celeba-lab/dist/errors';
import { checksumOfFile, webPageFault } from 'celeba-lab/dist/files';
import { openPromise, type Entry } from 'yauzl';
import { ProgressBar } from '../progress/progress-bar';
import { isWhole, placeOf, type CatalogEntry } from './catalog';
import { checkDiskSpace } from './disk-space';
import { parquetFault } from './parquet-ends';
import { missingShards } from './shards';

/** A file that belongs to the dataset, and how its bytes are had. */
interface LocalFile {
  /** Where it goes, in the dataset's folder. */
  path: string;
  sizeBytes: number;
  copyTo(target: string): Promise<void>;
}

/**
 * Copies what belongs to the dataset from a folder, however deep, or from a zip archive. Only files with the dataset's own
 * names are taken, under names of its own, so nothing can land elsewhere; links are not followed. Nothing stays of a file
 * that is at fault.
 * @param from   absolute path of a folder, of a zip archive, or of one file of the dataset, whose folder is then meant
 * @param folder where the files are put
 * @throws       InputError where there is no whole dataset, a part of a table is missing, or a file isn't what its name says
 */
export async function takeLocal(entry: CatalogEntry, from: string, folder: string): Promise<void> {
  const status = await stat(from).catch((error: NodeJS.ErrnoException) => {
    throw fault(from, error.code === 'ENOENT' ? 'no such file or folder' : error.message);
  });
  if (status.isDirectory()) return take(entry, from, await filesBelow(entry, from, from), folder);
  if (placeOf(entry, basename(from)) !== undefined) return takeLocal(entry, dirname(from), folder);
  await checkZip(from);
  const archive = await openPromise(from, { autoClose: false }).catch((error: unknown) => {
    throw fault(from, `an archive that can't be read (${(error as Error).message})`);
  });
  try {
    const entries: Entry[] = [];
    try {
      for await (const each of archive.eachEntry()) entries.push(each);
    } catch (error) {
      throw fault(from, `an archive that is damaged (${(error as Error).message})`);
    }
    const files = entries.flatMap((each) => zipped(entry, from, each, () => archive.openReadStreamPromise(each)));
    await take(entry, from, files, folder);
  } finally {
    archive.close();
  }
}

async function take(entry: CatalogEntry, from: string, found: LocalFile[], folder: string): Promise<void> {
  const files = [...new Map(found.map((file) => [file.path, file])).values()];
  if (!isWhole(entry, [...files.map(({ path }) => path)])) throw fault(from, describe(files));
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  await checkDiskSpace(folder, total);
  const bar = new ProgressBar({ unit: 'bytes', total });
  let done = 0;
  try {
    for (const file of files) {
      const target = join(folder, file.path);
      await mkdir(dirname(target), { recursive: true });
      const warning = await put(entry, file, join(from, file.path), target);
      done += file.sizeBytes;
      bar.update(done, file.path);
      if (warning !== undefined) bar.say(warning);
    }
  } finally {
    bar.end();
  }
}

/** Puts one file in its place, or nothing where it is at fault; returns a warning. */
async function put(entry: CatalogEntry, file: LocalFile, shown: string, target: string): Promise<string | undefined> {
  try {
    await file.copyTo(target);
    return await check(entry, file, shown, target);
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
}

/** Refuses archives that aren't the published ones; tables of another copy may differ by their line ends. */
async function check(entry: CatalogEntry, file: LocalFile, shown: string, target: string): Promise<string | undefined> {
  const page = webPageFault(shown, await beginningOf(target));
  const ends = page ?? (await parquetFault(target, shown));
  if (ends !== undefined) throw ends;
  const known = entry.sources.flatMap(({ files = [] }) => files).find(({ path }) => path === file.path);
  if (known?.md5 === undefined) return undefined;
  const found = await checksumOfFile(target, 'md5');
  if (found === known.md5) return undefined;
  if (/\.(txt|csv)$/.test(file.path))
    return `${file.path} has another md5 than the official table: kept, as some copies have other line ends.`;
  throw new InputError({
    where: shown,
    found: `${file.sizeBytes} bytes with md5 ${found}`,
    expected: `${known.sizeBytes === undefined ? 'a file' : `${known.sizeBytes} bytes`} with md5 ${known.md5}`,
    remedy: 'Get this file again: it is cut short or of another version',
  });
}

async function filesBelow(entry: CatalogEntry, top: string, folder: string): Promise<LocalFile[]> {
  const found: LocalFile[] = [];
  for (const each of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, each.name);
    if (each.name.startsWith('.')) continue;
    // One by one: CelebA's folder has more photos than a call takes arguments.
    if (each.isDirectory()) for (const file of await filesBelow(entry, top, path)) found.push(file);
    // With the folder's own name: it may be the one that the pattern asks for.
    const place = each.isFile() ? placeOf(entry, relative(dirname(top), path).split(sep).join('/')) : undefined;
    if (place === undefined) continue;
    const { size } = await stat(path);
    found.push({
      path: place,
      sizeBytes: size,
      copyTo: (target) => copyFile(path, target, constants.COPYFILE_FICLONE),
    });
  }
  return found;
}

function zipped(entry: CatalogEntry, from: string, each: Entry, openStream: () => Promise<Readable>): LocalFile[] {
  const place = each.fileName.endsWith('/') ? undefined : placeOf(entry, each.fileName);
  if (place === undefined) return [];
  const shown = join(from, each.fileName);
  const copyTo = async (target: string): Promise<void> => {
    let sum = 0;
    const summed = async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const piece of pieces) {
        sum = crc32(piece, sum);
        yield piece;
      }
    };
    try {
      await pipeline(await openStream(), summed, createWriteStream(target));
    } catch (error) {
      const { syscall, message } = error as NodeJS.ErrnoException;
      throw syscall === undefined ? fault(shown, `an archive that is damaged (${message})`) : error;
    }
    // The archive's reader refuses an entry that unpacks to another size than it declares, but looks at no checksum.
    if (sum !== each.crc32) throw changed(shown, sum, each.crc32);
  };
  return [{ path: place, sizeBytes: each.uncompressedSize, copyTo }];
}

async function checkZip(from: string): Promise<void> {
  const beginning = await beginningOf(from);
  const page = webPageFault(from, beginning);
  if (page !== undefined) throw page;
  if (beginning.subarray(0, 2).toString('latin1') !== 'PK') throw fault(from, 'a file that is no zip archive');
}

async function beginningOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function describe(files: LocalFile[]): string {
  if (files.length === 0) return 'none of its files';
  const missing = missingShards(files.map(({ path }) => path));
  if (missing.length > 0) return `${files.length} of its files, but not ${missing[0]} (${missing.length} missing)`;
  const names = files.slice(0, 3).map(({ path }) => path);
  return `only ${names.join(', ')}${files.length > 3 ? `, ... (${files.length} files)` : ''}`;
}

function changed(where: string, found: number, expected: number): InputError {
  const crc = (value: number): string => `CRC-32 ${value.toString(16).padStart(8, '0')}`;
  return new InputError({
    where,
    found: `bytes with ${crc(found)}`,
    expected: `${crc(expected)}, as the archive says`,
    remedy: 'Get the archive again: it is damaged',
  });
}

function fault(where: string, found: string): InputError {
  const expected = 'a folder or a zip archive with a whole copy';
  return new InputError({ where, found, expected, remedy: 'Give another place after --from' });
}
