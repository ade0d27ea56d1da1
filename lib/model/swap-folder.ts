/** A folder that appears whole or not at all, also in the place of an older one. */

import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { exists, makeFolder, syncFilesIn, syncFolder } from '../files';

/**
 * Where the older folder waits while the new one takes its place; after a crash between the two renames it is the only one.
 */
export function setAsidePath(folder: string): string {
  return join(dirname(folder), `.${basename(folder)}.old`);
}

/**
 * Fills a folder beside `folder`, flushes it to the disk and swaps it in. One writer at a time.
 * @param folder absolute path; parents are made
 * @param fill   writes the content into the path that it is given
 * @throws       what `fill` throws; `folder` is then as it was
 */
export async function swapFolderIn(folder: string, fill: (aside: string) => Promise<void>): Promise<void> {
  const aside = join(dirname(folder), `.${basename(folder)}.new`);
  await recoverFolder(folder);
  await rm(aside, { recursive: true, force: true });
  await makeFolder(aside);
  try {
    await fill(aside);
    await syncFilesIn(aside);
    if (await exists(folder)) await rename(folder, setAsidePath(folder));
    await rename(aside, folder);
    await syncFolder(dirname(folder));
  } catch (error) {
    await recoverFolder(folder);
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
  await rm(setAsidePath(folder), { recursive: true, force: true });
}

/** Puts the older folder back where a swap ended between its two renames, and clears it away where one ended after them. */
async function recoverFolder(folder: string): Promise<void> {
  const old = setAsidePath(folder);
  if (!(await exists(old))) return;
  if (await exists(folder)) await rm(old, { recursive: true, force: true });
  else await rename(old, folder);
}
