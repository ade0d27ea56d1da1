/** The photos among the paths that a user gives: files as they are, folders with all that is in them, patterns, lists. */

import { stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { files, InputError } from 'celeba-lab';
import { glob, isDynamicPattern } from 'tinyglobby';
import { linksAsFiles } from './links-as-files';

/** A photo to predict, or a path that leads to none. */
export interface FoundPhoto {
  /** The path as the user knows it: as given, or below a given folder. */
  shown: string;
  /** Absolute path. */
  file: string;
  /** Why there is no photo, in one sentence. */
  error?: string;
}

const CAUSES: Record<string, string> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'no such file or folder',
  EACCES: 'a place that may not be read',
  EPERM: 'a place that may not be read',
  ELOOP: 'links in a circle',
  ENAMETOOLONG: 'a name that is too long',
};

/**
 * Finds photos in the order of the paths, inside a folder by name, its subfolders included. A file that is given itself may
 * have any name; patterns find files with a photo's name, and folders with all below them, each photo once. Links to files
 * are found, too; inside a folder or a pattern, links to folders aren't followed, so that a circle ends.
 * @param paths     as given by the user; `-` stands for the list
 * @param folder    what relative paths are relative to
 * @param readList  gives the paths on stdin
 * @throws          InputError where that list is empty
 */
export async function findPhotos(
  paths: readonly string[],
  folder: string,
  readList: () => Promise<string[]>,
): Promise<FoundPhoto[]> {
  const found: FoundPhoto[] = [];
  for (const path of paths) {
    const listed = path === '-' ? await readList() : [path];
    if (listed.length === 0) throw emptyList();
    // Not spread into one call: a list may be longer than the stack is deep.
    for (const each of listed) for (const photo of await photosAt(each, folder, path !== '-')) found.push(photo);
  }
  return found;
}

/**
 * The paths of a list: separated by NUL where there is one, as `find -print0` writes them, else one a line.
 * @example pathsOf('a.jpg\nb c.jpg\n') // ['a.jpg', 'b c.jpg']
 */
export function pathsOf(list: string): string[] {
  return list.split(list.includes('\0') ? '\0' : /\r?\n/).filter((path) => path !== '');
}

/** As after a failed `find`: nothing to do shouldn't look like all done. */
function emptyList(): InputError {
  return new InputError({
    where: 'the list on stdin',
    found: 'no path',
    expected: 'one a line, or with NUL between them',
    remedy: 'Look at the command that writes the list',
  });
}

async function photosAt(shown: string, folder: string, patterns: boolean): Promise<FoundPhoto[]> {
  const file = resolve(folder, shown);
  try {
    const status = await stat(file);
    if (status.isDirectory()) return await photosIn(shown, file);
    // A pipe or a device would never end.
    return [status.isFile() ? { shown, file } : { shown, file, error: noPhoto(shown, 'a pipe or a device') }];
  } catch (error) {
    const fault = error as NodeJS.ErrnoException;
    if (fault.code === 'ENOENT' && patterns && isDynamicPattern(shown)) return photosLike(shown, folder);
    return [cannotBeRead(shown, file, fault)];
  }
}

async function photosIn(shown: string, file: string): Promise<FoundPhoto[]> {
  const unreadable: FoundPhoto[] = [];
  const names = await files.photosBelow(file, (below, error) => {
    unreadable.push(cannotBeRead(join(shown, below), join(file, below), error));
  });
  const photos = names.map((name): FoundPhoto => ({ shown: join(shown, name), file: join(file, name) }));
  if (photos.length + unreadable.length > 0) return [...photos, ...unreadable];
  return [{ shown, file, error: noPhoto(shown, 'a folder without photos') }];
}

async function photosLike(pattern: string, folder: string): Promise<FoundPhoto[]> {
  const shown = (file: string): string => (isAbsolute(pattern) ? file : relative(folder, file));
  // By place: the walk and the listing of a folder may both come upon it.
  const unreadable = new Map<string, FoundPhoto>();
  const report = (place: string, error: NodeJS.ErrnoException): void => {
    unreadable.set(place, cannotBeRead(shown(place) || '.', place, error));
  };
  const fs = linksAsFiles((place, error) => {
    // The walk looks into folders whose name begins with a point, too, though a pattern has to name them.
    const isHidden = relative(folder, place)
      .split('/')
      .some((name) => /^\.[^.]/.test(name));
    if (!isHidden || pattern.includes('/.')) report(place, error);
  });
  const walk = { followSymbolicLinks: false, fs, expandDirectories: false, onlyFiles: false };
  const fitting = await glob(pattern, { cwd: folder, absolute: true, ...walk });
  const isFolder = (place: string): boolean => place.endsWith('/');
  const found = new Set(fitting.filter((place) => !isFolder(place) && files.isPhotoName(place)));
  for (const place of outermost(fitting.filter(isFolder))) {
    const names = await files.photosBelow(place, (below, error) => report(join(place, below), error));
    for (const name of names) found.add(join(place, name));
  }
  if (found.size + unreadable.size > 0)
    return [...[...found].sort().map((file): FoundPhoto => ({ shown: shown(file), file })), ...unreadable.values()];
  return [{ shown: pattern, file: pattern, error: noPhoto(pattern, 'a pattern that fits no photo') }];
}

/** Folders that are to be listed: not those below another one, whose listing has their photos, too. */
function outermost(folders: readonly string[]): string[] {
  const places = folders.map((folder) => resolve(folder));
  const all = new Set(places);
  // The listing leaves hidden folders out.
  return places.filter((place) => basename(place).startsWith('.') || !all.has(dirname(place)));
}

function cannotBeRead(shown: string, file: string, { code = '', message }: NodeJS.ErrnoException): FoundPhoto {
  const error =
    code === 'ENOENT' && files.isGarbled(shown)
      ? noPhoto(shown, 'a name that is not UTF-8', 'Rename it')
      : noPhoto(shown, CAUSES[code] ?? message);
  return { shown, file, error };
}

function noPhoto(where: string, found: string, remedy = 'Check the path'): string {
  return `${where}: found ${found}, expected a photo or a folder of photos. ${remedy}.`;
}
