/** Lets a pattern find links to files: tinyglobby would leave out all links, or else follow those to folders in circles. */

import type { Dirent, readdir as readdirOfNode } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { files } from 'celeba-lab';
import type { FileSystemAdapter } from 'tinyglobby';

type Done = (error: Error | null, entries?: Dirent[]) => void;

/**
 * Shows links with a photo's name as files, so that a pattern finds what `files.photosBelow` finds in a folder.
 * @param onUnreadable told of each folder that can't be read, which the walk itself passes over
 */
export function linksAsFiles(onUnreadable: (folder: string, error: NodeJS.ErrnoException) => void): FileSystemAdapter {
  const read = (folder: string, _options: object, done: Done): void => {
    entriesOf(folder).then(
      (entries) => done(null, entries),
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT' || files.isGarbled(folder)) onUnreadable(resolve(folder), error);
        done(error);
      },
    );
  };
  // Node's own can be called in more ways than the walk does.
  return { readdir: read as typeof readdirOfNode };
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries)
    if (
      entry.isSymbolicLink() &&
      files.isPhotoName(entry.name) &&
      (await files.isReadableLink(join(folder, entry.name)))
    )
      entry.isFile = () => true;
  return entries;
}
