/** Files and folders' lists of names flushed to the disk: without this, bytes or a rename can be lost with the power. */

import { mkdir, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

// Answers of file systems that know no flushing of folders, such as those shared with a virtual machine: the names are in
// place there, and more can't be done.
const NO_FLUSH = ['EINVAL', 'ENOTSUP', 'ENOSYS'];

/**
 * Flushes a file's bytes to the disk.
 * @param file an existing file
 * @throws     the system's error, such as EIO
 */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync().finally(() => handle.close());
}

/**
 * Flushes the files in a folder, and then its list of names; folders in it are left to the caller.
 * @param folder an existing folder
 * @throws       the system's error, such as EIO
 */
export async function syncFilesIn(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const { name } of entries.filter((entry) => entry.isFile())) await syncFile(join(folder, name));
  await syncFolder(folder);
}

/**
 * Flushes a folder's list of names to the disk, where its file system can.
 * @param folder an existing folder
 * @throws       the system's error, such as ENOENT or EIO
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
 * @throws       the system's error, such as EEXIST where something else has the name
 */
export async function makeFolder(folder: string): Promise<void> {
  const fault = await makeOne(folder);
  if (fault?.code === 'ENOENT' && dirname(folder) !== folder) {
    await makeFolder(dirname(folder));
    // Once: below /proc the answer stays ENOENT, and Node's recursive mkdir never ends there.
    const again = await makeOne(folder);
    if (again) throw again;
  } else if (fault) throw fault;
}

/** What kept a folder from being made, where it isn't there already or made by another process meanwhile. */
async function makeOne(folder: string): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await mkdir(folder);
  } catch (error) {
    return (await isFolder(folder)) ? undefined : (error as NodeJS.ErrnoException);
  }
  await syncFolder(dirname(folder));
  return undefined;
}

/** Whether a folder is there; a link counts as what it leads to, and one that can't be looked at as missing. Throws nothing. */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
