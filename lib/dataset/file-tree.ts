/** A place that holds files, a folder or a zip archive, seen the same way; its names never lead outside. */

import { readdirSync, readFileSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join, sep } from 'node:path';
import { openZip } from '../archives';
import { isPhotoName, readingFault } from '../files';
import type { LeftOutCounter } from './left-out';

/** What lies in one folder, in no order. Hidden names are left out, links that can't be followed, and pipes and devices. */
export interface Listing {
  files: string[];
  folders: string[];
  /** Those of `folders` that are links. */
  links: string[];
}

/** A folder, or a zip archive that is read as one. Paths in it are relative, with forward slashes; '' is its top. */
export interface FileTree {
  /** Absolute path of the folder or archive. */
  root: string;
  /** Whether it is an archive. */
  zipped: boolean;
  /**
   * What lies in a folder; nothing where there is no such folder. Looked up once.
   * @throws InputError where the folder may not be read
   */
  list(folder: string): Listing;
  /**
   * The whole of a file.
   * @throws InputError where it may not be read
   */
  read(path: string): Promise<Uint8Array>;
  /** Path of a file as `readPhotoBytes` takes it. */
  pathOf(path: string): string;
}

const NOTHING: Listing = { files: [], folders: [], links: [] };
// What archives made on a Mac leave.
const MAC_FOLDER = '__MACOSX';
/** The reason for which a link to a file that is not of the dataset is left out. */
export const LINK_OUTSIDE = 'link that leads outside';

// Reading one may never end.
const NO_FILE = 'file for a pipe or device';

/**
 * A folder as a tree.
 * @param root    absolute path
 * @param leftOut counts hidden photos and folders, links that lead outside or can't be followed, and pipes and devices
 */
export function folderTree(root: string, leftOut: LeftOutCounter): FileTree {
  const listings = new Map<string, Listing>();
  const list = (folder: string): Listing => {
    const known = listings.get(folder) ?? listFolder(root, folder, leftOut);
    listings.set(folder, known);
    return known;
  };
  const pathOf = (path: string): string => join(root, path);
  return { root, zipped: false, list, read: async (path) => bytesOf(pathOf(path)), pathOf };
}

/**
 * A zip archive as a tree.
 * @param root    absolute path of the archive
 * @param leftOut counts hidden photos, links, names that lead outside, and files that a later one hides by its name
 * @throws        InputError where it is no zip archive, or damaged
 */
export async function zipTree(root: string, leftOut: LeftOutCounter): Promise<FileTree> {
  const archive = await openZip(root);
  const listings = new Map<string, Listing>([['', { files: [], folders: [], links: [] }]]);
  for (const [name, { isLink }] of archive.entries) {
    const reason = zipFault(name, isLink);
    if (reason === undefined) addTo(listings, name);
    else leftOut.add(reason, name);
  }
  for (const name of archive.repeated) leftOut.add('file with the same name as a later one', name);
  return {
    root,
    zipped: true,
    list: (folder) => listings.get(folder) ?? NOTHING,
    read: (path) => archive.read(path),
    pathOf: (path) => (path === '' ? root : `${root}/${path}`),
  };
}

/** Whether a relative path stays below where it starts. */
export function staysInside(path: string): boolean {
  return !/^[/\\]|^[a-z]:|(^|[/\\])\.\.([/\\]|$)|\0/i.test(path);
}

function listFolder(root: string, folder: string, leftOut: LeftOutCounter): Listing {
  const listing: Listing = { files: [], folders: [], links: [] };
  for (const entry of entriesOf(join(root, folder))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.name.startsWith('.') || entry.name === MAC_FOLDER) {
      if (entry.isDirectory()) leftOut.add('hidden folder', path);
      else if (isPhotoName(entry.name)) leftOut.add('hidden file', path);
    } else if (entry.isDirectory()) listing.folders.push(entry.name);
    else if (entry.isFile()) listing.files.push(entry.name);
    else if (!entry.isSymbolicLink()) leftOut.add(NO_FILE, path);
    else {
      const fault = addLink(listing, entry.name, root, folder);
      if (fault !== undefined) leftOut.add(fault, path);
    }
  }
  return listing;
}

/** Enters a link as what it leads to; returns why it is left out, where it is. */
function addLink(listing: Listing, name: string, root: string, folder: string): string | undefined {
  const link = join(root, folder, name);
  const target = targetOf(link);
  // A photo that is gone stays, to be named among those that can't be read.
  if (target === undefined || (target === 'nothing' && !isPhotoName(name))) return "link that can't be followed";
  if (target === 'other') return NO_FILE;
  if (target === 'folder') {
    listing.folders.push(name);
    listing.links.push(name);
  } else if (leadsOutside(link, root, folder)) return LINK_OUTSIDE;
  else listing.files.push(name);
  return undefined;
}

/** What a link leads to; undefined where that can't be told, as of links in a circle. */
function targetOf(link: string): 'folder' | 'file' | 'other' | 'nothing' | undefined {
  try {
    const target = statSync(link, { throwIfNoEntry: false });
    if (target === undefined) return 'nothing';
    if (target.isDirectory()) return 'folder';
    return target.isFile() ? 'file' : 'other';
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['ENOENT', 'ENOTDIR'].includes(code)) return [];
    throw readingFault(folder, 'folder', 'a folder of photos', error);
  }
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw readingFault(file, 'file', 'a file of the dataset', error);
  }
}

/** A folder may be a link, which its owner has set; a file may only be one to another file of the dataset. */
function leadsOutside(link: string, root: string, folder: string): boolean {
  try {
    const target = realpathSync(link);
    return ![root, join(root, folder)].some((place) => target.startsWith(realpathSync(place) + sep));
  } catch {
    // A link to nothing leads nowhere; reading it will say so.
    return false;
  }
}

function zipFault(name: string, isLink: boolean): string | undefined {
  if (!staysInside(name) || name.includes('\\')) return 'file with a name that leads outside the archive';
  if (isLink) return 'link in an archive';
  const parts = name.split('/');
  if (parts[0] === MAC_FOLDER || parts.some((part) => part.startsWith('.'))) return 'hidden file';
  return undefined;
}

function addTo(listings: Map<string, Listing>, path: string): void {
  const slash = path.lastIndexOf('/');
  folderOf(listings, slash < 0 ? '' : path.slice(0, slash)).files.push(path.slice(slash + 1));
}

/** The listing of a folder, entered into those above it where it is new. */
function folderOf(listings: Map<string, Listing>, folder: string): Listing {
  const known = listings.get(folder);
  if (known !== undefined) return known;
  const listing: Listing = { files: [], folders: [], links: [] };
  listings.set(folder, listing);
  const slash = folder.lastIndexOf('/');
  folderOf(listings, slash < 0 ? '' : folder.slice(0, slash)).folders.push(folder.slice(slash + 1));
  return listing;
}
