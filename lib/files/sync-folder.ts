/** A folder's own list of names on the disk: without this, a rename can be lost with the power. */

import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Flushes a folder's list of names to the disk.
 * @param folder an existing folder
 */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; its file system keeps a rename whole by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/**
 * Makes a folder and those above it, each of them flushed into the one that holds it.
 * @param folder absolute path; one that is there already costs nothing
 */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}
