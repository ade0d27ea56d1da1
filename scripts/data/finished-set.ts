/** A dataset that is here whole: put in place in one step, and known again at once. */

import { constants } from 'node:fs';
import { copyFile, link, mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from 'celeba-lab/dist/errors';
import { exists, readingFault, writeJson } from 'celeba-lab/dist/files';
import { readTextIfThere } from 'celeba-lab/dist/files/read-if-there';

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
  | { kind: 'whole'; files: number; /** Of the files, the photos. */ photos: number; sizeBytes: number }
  | { kind: 'damaged'; /** Missing or of another size. */ faulty: string[]; /** As they came. */ sound: string[] };

/** What an earlier set had and the new one has not. */
export interface KeptFiles {
  /** Where they were moved. */
  folder: string;
  /** Paths in it. */
  paths: string[];
}

const NOTE = '.source.json';
// Missing, below a file, a link that leads nowhere.
const NO_FILE = ['ENOENT', 'ENOTDIR', 'ELOOP'];

/** Where the files of a source are kept until all are here. */
export function stagingFolder(folder: string, source: string): string {
  return join(`${folder}.part`, source);
}

/**
 * Looks at names and sizes only, so that it is at once.
 * @param folder the dataset's folder
 * @throws       InputError where it is no folder, or something in it may not be read; else the system's error
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
  const sizes = await Promise.all(entries.map(([path]) => sizeOf(join(folder, path))));
  const faulty = entries.filter(([, size], i) => sizes[i] !== size).map(([path]) => path);
  const sound = entries.filter(([, size], i) => sizes[i] === size).map(([path]) => path);
  if (faulty.length > 0) return { kind: 'damaged', faulty, sound };
  const photos = entries.filter(([path]) => path.endsWith('.jpg')).length;
  const sizeBytes = entries.reduce((sum, [, size]) => sum + size, 0);
  return { kind: 'whole', files: entries.length, photos, sizeBytes };
}

/**
 * Brings files of a damaged set to where a source's files come together. The set itself stays as it is, so that nothing is
 * lost where the source then fails.
 * @param paths which files the source has
 * @param sound files of the set that are as they came
 */
export async function reuseFiles(folder: string, source: string, paths: string[], sound: string[]): Promise<void> {
  const isSound = new Set(sound);
  for (const path of paths) {
    const [here, target] = [join(folder, path), join(stagingFolder(folder, source), path)];
    // Linked by a run that then failed, and changed since.
    if (!isSound.has(path) && (await isOneFile(here, target))) await rm(target);
    if (!isSound.has(path) || (await exists(target))) continue;
    await mkdir(dirname(target), { recursive: true });
    await linkOrCopy(here, target);
  }
}

async function isOneFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((file) => stat(file).catch(() => undefined)));
  return a !== undefined && a.ino === b?.ino && a.dev === b.dev;
}

/** A link takes neither time nor room, but not every disk knows links. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  const linked = await link(from, to).then(
    () => true,
    () => false,
  );
  if (linked) return;
  // A copy that is broken off must not look like the file.
  const aside = join(dirname(to), `.${basename(to)}.copy`);
  await copyFile(from, aside, constants.COPYFILE_FICLONE);
  await rename(aside, to);
}

/**
 * Puts the files of a source in the dataset's place, all in one step. What was there and isn't in the new set is moved aside.
 * @param sound files of the earlier set that are as they came: not kept twice
 * @returns     what was moved aside; undefined where there was nothing
 */
export async function putInPlace(folder: string, source: string, sound: string[]): Promise<KeptFiles | undefined> {
  const staging = stagingFolder(folder, source);
  const sizes = await sizesBelow(staging);
  await writeJson(join(staging, NOTE), { source, sizes } satisfies Note);
  // An empty folder may be there.
  await rmdir(folder).catch(() => undefined);
  const aside = (await exists(folder)) ? await freePath(`${folder}.replaced`) : undefined;
  if (aside !== undefined) await rename(folder, aside);
  await rename(staging, folder);
  await rm(`${folder}.part`, { recursive: true });
  if (aside === undefined) return undefined;
  const doubled = await Promise.all(
    sound.map(async (path) => ((await sizeOf(join(aside, path))) === sizes[path] ? [path] : [])),
  );
  return removeFiles(aside, [NOTE, ...doubled.flat()]);
}

/** Removes files, and the folders that are empty then. */
async function removeFiles(folder: string, paths: string[]): Promise<KeptFiles | undefined> {
  await Promise.all(paths.map((path) => rm(join(folder, path), { force: true })));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const pathOf = (each: (typeof entries)[0]): string => join(each.parentPath ?? each.path, each.name);
  // The innermost first.
  const folders = entries.filter((each) => each.isDirectory()).map(pathOf);
  for (const each of [folder, ...folders].sort((a, b) => b.length - a.length)) await rmdir(each).catch(() => undefined);
  const files = entries.filter((each) => !each.isDirectory()).map((each) => pathOf(each).slice(folder.length + 1));
  return files.length > 0 ? { folder, paths: files.sort() } : undefined;
}

async function freePath(path: string): Promise<string> {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? path : `${path}-${number}`;
    if (!(await exists(candidate))) return candidate;
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (NO_FILE.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw readingFault(file, 'file', 'a file of the data set', error);
  }
}

async function sizesBelow(folder: string): Promise<Record<string, number>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((each) => each.isFile() && !basename(each.name).startsWith('.'));
  const paths = files.map((each) => join(each.parentPath ?? each.path, each.name).slice(folder.length + 1));
  const sizes = await Promise.all(paths.map(async (path) => [path, (await stat(join(folder, path))).size] as const));
  return Object.fromEntries(sizes);
}

async function readNote(folder: string): Promise<Note | undefined> {
  const text = await readTextIfThere(join(folder, NOTE), 'the note of a data set that npm run data has put there');
  if (text === undefined) return undefined;
  try {
    const note = JSON.parse(text) as Partial<Note>;
    return typeof note.source === 'string' && note.sizes ? (note as Note) : undefined;
  } catch {
    return undefined;
  }
}
