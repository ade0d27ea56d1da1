/** Keeps faces as the model saw them. */

import { join, normalize, relative } from 'node:path';
import { files } from 'celeba-lab';
import type { Answer } from './answers';

/**
 * Writes a JPEG for each face, below a folder under the photo's own path, and notes in the row where.
 * @param folder absolute path
 * @param from   where the user is: noted paths are relative to it
 */
export async function keepAligned({ photo, row, aligned }: Answer, folder: string, from: string): Promise<void> {
  if (row.error !== undefined) return;
  for (const [i, jpeg] of aligned.entries()) {
    const file = join(folder, `${insideName(photo.shown)}.face${i + 1}.jpg`);
    await files.writeFileAtomically(file, jpeg);
    row.faces[i].aligned = relative(from, file);
  }
}

/**
 * A path that stays inside a folder wherever the photo lies.
 * @example insideName('../album/a.jpg') // '__/album/a.jpg'
 */
export function insideName(shown: string): string {
  const parts = normalize(shown).split('/');
  return parts
    .filter((part) => part !== '' && part !== '.')
    .map((part) => (part === '..' ? '__' : part))
    .join('/');
}
