/** Whether the disk has room and is the right one, asked before the first byte comes. */

import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from 'celeba-lab/dist/errors';
import { OutsideFault } from '../command';
import { formatBytes } from '../progress/progress-bar';

// Files come together beside the set's place and are renamed into it, so both must be on one disk: a link can stand for the
// folder around them only.
const OTHER_DISK = 'move the data folder to a larger disk and put a link to it in its place';

/**
 * @param folder      where the files shall be; it may not be there yet
 * @param neededBytes what is still to come
 * @throws            OutsideFault where less is free
 */
export async function checkDiskSpace(folder: string, neededBytes: number): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= neededBytes) return;
  throw new OutsideFault({
    where: folder,
    found: `${formatBytes(free)} free on this disk`,
    expected: `${formatBytes(neededBytes)}`,
    remedy: `Make room there, or ${OTHER_DISK}`,
  });
}

/**
 * @param staging where the files come together; it is there
 * @param folder  where they are put in one step; it may not be there yet
 * @throws        InputError where that is another disk, which is seen only after all bytes otherwise
 */
export async function checkOneDisk(staging: string, folder: string): Promise<void> {
  const [one, other] = await Promise.all([stat(staging), stat(dirname(folder))]);
  if (one.dev === other.dev) return;
  throw new InputError({
    where: staging,
    found: 'a folder on another disk',
    expected: `one on the disk of ${dirname(folder)}`,
    remedy: `Remove this link, and ${OTHER_DISK}`,
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
