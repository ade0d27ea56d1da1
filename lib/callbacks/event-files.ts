/** The event files of one part of a TensorBoard run, and how they are brought back to the end of an earlier epoch. */

import { readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of each event file in a folder, by its name. */
export type EventSizes = Record<string, number>;

/**
 * Sizes of all event files in a folder.
 * @param folder of a part of a run, absolute
 * @returns      none where it doesn't exist
 */
export async function eventSizes(folder: string): Promise<EventSizes> {
  const sizes: EventSizes = {};
  for (const name of await eventFiles(folder)) sizes[name] = (await stat(join(folder, name))).size;
  return sizes;
}

/**
 * Takes away what was written after `sizes` were noted, such as an epoch that a killed process logged but didn't finish.
 * @param folder of a part of a run, absolute; no process writes to it
 * @param sizes  as noted at the end of an epoch: event files only grow, by whole records
 */
export async function cutEventsBack(folder: string, sizes: EventSizes): Promise<void> {
  for (const name of await eventFiles(folder)) {
    const path = join(folder, name);
    if (!(name in sizes)) await rm(path);
    else if ((await stat(path)).size > sizes[name]) await truncate(path, sizes[name]);
  }
}

async function eventFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  // Whatever else somebody has put there is theirs.
  return names.filter((name) => name.startsWith('events.out.tfevents.'));
}
