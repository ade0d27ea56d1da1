/** Lets a pattern find links to files: tinyglobby would leave out all links, or else follow those to folders in circles. */

import type { Dirent, readdir as readdirOfNode } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { files } from 'celeba-lab';
import type { FileSystemAdapter } from 'tinyglobby';

type Done = (error: Error | null, entries?: Dirent[]) => void;

/** Shows links with a photo's name as files, so that a pattern finds what `files.photosBelow` finds in a folder. */
export const LINKS_AS_FILES: FileSystemAdapter = {
  readdir: ((folder: string, _options: object, done: Done): void => {
    entriesOf(folder).then((entries) => done(null, entries), done);
    // Node's own can be called in more ways than the walk does.
  }) as typeof readdirOfNode,
};

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
