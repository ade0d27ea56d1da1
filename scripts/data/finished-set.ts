/** A dataset that is here whole: put in place in one step, and known again at once. */

import { mkdir, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from 'celeba-lab/dist/errors';
import { writeJson } from 'celeba-lab/dist/files';

/** Kept in the dataset's folder. */
interface Note {
  /** Key of the source that it came from. */
  source: string;
  /** Sizes in bytes by path. */
  sizes: Record<string, number>;
}

/** What is in the dataset's folder. */
export type SetState =
  | { kind: 'none' | 'foreign' }
  | { kind: 'whole'; files: number; sizeBytes: number }
  | { kind: 'damaged'; source: string; faulty: string[] };

const NOTE = '.source.json';

/** Where the files of a source are kept until all are here. */
export function stagingFolder(folder: string, source: string): string {
  return join(`${folder}.part`, source);
}

/**
 * Looks at names and sizes only, so that it is at once.
 * @param folder the dataset's folder
 */
export async function stateOf(folder: string): Promise<SetState> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    const found = error.code === 'ENOTDIR' ? 'a file' : error.message;
    throw new InputError({ where: folder, found, expected: 'a folder, or nothing', remedy: 'Move it away' });
  });
  if (names.length === 0) return { kind: 'none' };
  const note = await readNote(folder);
  if (note === undefined) return { kind: 'foreign' };
  const entries = Object.entries(note.sizes);
  const sizes = await Promise.all(entries.map(async ([path]) => (await stat(join(folder, path)).catch(() => undefined))?.size));
  const faulty = entries.filter(([, size], i) => sizes[i] !== size).map(([path]) => path);
  if (faulty.length > 0) return { kind: 'damaged', source: note.source, faulty };
  return { kind: 'whole', files: entries.length, sizeBytes: entries.reduce((sum, [, size]) => sum + size, 0) };
}

/**
 * Takes a damaged set back to where its files came together, so that only what is missing is fetched again.
 * @param faulty files that are missing or have another size
 */
export async function takeBack(folder: string, source: string, faulty: string[]): Promise<void> {
  const staging = stagingFolder(folder, source);
  await rm(staging, { recursive: true, force: true });
  await mkdir(dirname(staging), { recursive: true });
  await rename(folder, staging);
  for (const path of [...faulty, NOTE]) await rm(join(staging, path), { force: true });
}

/** Puts the files of a source in the dataset's place, all in one step. */
export async function putInPlace(folder: string, source: string): Promise<void> {
  const staging = stagingFolder(folder, source);
  await writeJson(join(staging, NOTE), { source, sizes: await sizesBelow(staging) } satisfies Note);
  // An empty folder may be there.
  await rmdir(folder).catch(() => undefined);
  await rename(staging, folder);
  await rm(`${folder}.part`, { recursive: true });
}

async function sizesBelow(folder: string): Promise<Record<string, number>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((each) => each.isFile() && !basename(each.name).startsWith('.'));
  const paths = files.map((each) => join(each.parentPath ?? each.path, each.name).slice(folder.length + 1));
  const sizes = await Promise.all(paths.map(async (path) => [path, (await stat(join(folder, path))).size] as const));
  return Object.fromEntries(sizes);
}

async function readNote(folder: string): Promise<Note | undefined> {
  const text = await readFile(join(folder, NOTE), 'utf8').catch(() => '');
  try {
    const note = JSON.parse(text) as Partial<Note>;
    return typeof note.source === 'string' && note.sizes ? (note as Note) : undefined;
  } catch {
    return undefined;
  }
}
