/** Files that appear whole or not at all. */

import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { explainNoRoom } from './full-disk';
import { makeFolder, syncFolder } from './sync-folder';

/**
 * Writes a file aside, flushes it to the disk and renames it into place, so that no reader ever sees a part of it and,
 * once this has returned, not even a loss of power takes it away. Folders on the way are made.
 * @param path where the file shall be
 * @param data its whole content
 * @throws SystemFault where there is no room, else the file system's own error (such as no permission); nothing is left
 *         behind then
 */
export async function writeFileAtomically(path: string, data: string | Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  const aside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(aside, 'w');
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(aside, { force: true });
    const needed = `${Buffer.byteLength(data)} bytes`;
    throw explainNoRoom(error, { where: path, needed, kept: 'what was there is as it was', inOutputs: false });
  }
}

/**
 * Writes a value as indented JSON, whole or not at all.
 * @param path  where the file shall be
 * @param value anything that JSON can hold
 */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(value, null, 2)}\n`);
}
