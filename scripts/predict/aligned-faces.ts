/** Keeps faces as the model saw them. */

import { join, normalize, relative } from 'node:path';
import { files } from 'celeba-lab';
import type { Answer } from './answers';

// File systems take 255 bytes; `.face12.jpg` comes behind a name, and 14 more while it is written aside.
const LONGEST_NAME_BYTES = 228;
// Linux takes 4,096 for a path; the folder comes before it.
const LONGEST_PATH_BYTES = 2000;
const HASH_DIGITS = 16;

/**
 * Writes a JPEG for each face, below a folder under the photo's own path, and notes in the row where.
 * @param folder absolute path
 * @param from   where the user is: noted paths are relative to it
 */
export async function keepAligned({ photo, row, aligned }: Answer, folder: string, from: string): Promise<void> {
  if (row.error !== undefined) return;
  for (const [i, jpeg] of aligned.entries()) {
    const file = placeOf(photo.shown, i + 1, folder);
    await files.writeFileAtomically(file, jpeg);
    row.faces[i].aligned = relative(from, file);
  }
}

/**
 * Says how many photos have no face in a folder although they were answered; undefined where all have.
 * @param answered paths, as shown, of photos with faces that were answered earlier
 * @param folder   absolute path
 */
export async function notKeptSentence(answered: readonly string[], folder: string): Promise<string | undefined> {
  let count = 0;
  for (const shown of answered) if (!(await files.exists(placeOf(shown, 1, folder)))) count++;
  if (count === 0) return undefined;
  return (
    `--aligned: faces are kept while their photo is answered; ${count} of the photos that were answered earlier have none ` +
    `in ${folder}. To have theirs, too, give another file after --out.`
  );
}

function placeOf(shown: string, number: number, folder: string): string {
  return join(folder, `${insideName(shown)}.face${number}.jpg`);
}

/**
 * A path that stays inside a folder wherever the photo lies. Names too long to add to end in a part of their SHA-256.
 * @example insideName('../album/a.jpg') // '__/album/a.jpg'
 */
export function insideName(shown: string): string {
  const parts = normalize(shown).split('/');
  const inside = parts
    .filter((part) => part !== '' && part !== '.')
    .map((part) => (part === '..' ? '__' : shortName(part)))
    .join('/');
  return Buffer.byteLength(inside) > LONGEST_PATH_BYTES ? cut(inside.replaceAll('/', '_')) : inside;
}

function shortName(name: string): string {
  return Buffer.byteLength(name) > LONGEST_NAME_BYTES ? cut(name) : name;
}

function cut(name: string): string {
  const room = LONGEST_NAME_BYTES - HASH_DIGITS - 1;
  let kept = '';
  let bytes = 0;
  // By characters: a letter that is cut in two would be no letter.
  for (const character of name) {
    bytes += Buffer.byteLength(character);
    if (bytes > room) break;
    kept += character;
  }
  return `${kept}.${files.sha256Of(Buffer.from(name)).slice(0, HASH_DIGITS)}`;
}
