/** Whether the disk has room, asked before the first byte comes. */

import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from 'celeba-lab/dist/errors';
import { formatBytes } from '../progress/progress-bar';

/**
 * @param folder      where the files shall be; it may not be there yet
 * @param neededBytes what is still to come
 * @throws            InputError where less is free
 */
export async function checkDiskSpace(folder: string, neededBytes: number): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= neededBytes) return;
  throw new InputError({
    where: folder,
    found: `${formatBytes(free)} free on this disk`,
    expected: `${formatBytes(neededBytes)}`,
    remedy: 'Make room there, or put a link to a folder on another disk in its place',
  });
}

async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    return freeBytes(dirname(folder));
  }
}
