/** A folder's own list of names on the disk: without this, a rename can be lost with the power. */

import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

// Answers of file systems that know no flushing of folders, such as those shared with a virtual machine: the names are in
// place there, and more can't be done.
const NO_FLUSH = ['EINVAL', 'ENOTSUP', 'ENOSYS'];

/**
 * Flushes a folder's list of names to the disk, where its file system can.
 * @param folder an existing folder
 */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; its file system keeps a rename whole by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!NO_FLUSH.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await handle.close();
  }
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
