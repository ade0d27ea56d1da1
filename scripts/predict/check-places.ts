/** Looks at the places that a run shall write to before it begins: a fault there is the user's to mend. */

import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { files, InputError } from 'celeba-lab';
import type { PredictOptions } from './options';

// File systems take 255 bytes; what is written aside has up to 20 more than the name itself (FILE.model, a dot, 13 signs).
const LONGEST_NAME_BYTES = 235;

const CAUSES: Record<string, string> = {
  ENOTDIR: 'a path through something that is no folder',
  ENAMETOOLONG: 'a name that is too long',
  ELOOP: 'links in a circle',
  EACCES: 'a place that may not be read',
};

/**
 * Checks --out, --sheet and --aligned; changes nothing.
 * @throws InputError where there is something else already, or nothing can be there
 */
export async function checkPlaces({ out, sheet, aligned }: PredictOptions): Promise<void> {
  if (out !== undefined) await checkFile('--out', out);
  if (sheet !== undefined) {
    await checkFile('--sheet', sheet);
    // A pattern after --sheet makes the shell put a photo in the page's place.
    if (files.isPhotoName(sheet)) throw fault('--sheet', sheet, 'the name of a photo', 'a page, such as sheet.html');
    if (sheet === out) throw fault('--sheet', sheet, 'the file of --out', 'a file of its own');
  }
  if (aligned !== undefined && (await kindOf('--aligned', aligned, 'a folder')) === 'a file')
    throw fault('--aligned', aligned, 'a file', 'a folder, or none yet');
}

async function checkFile(option: string, path: string): Promise<void> {
  const expected = 'a file, or none yet';
  const kind = await kindOf(option, path, expected);
  if (kind !== undefined && kind !== 'a file') throw fault(option, path, kind, expected);
  const bytes = Buffer.byteLength(basename(path));
  if (bytes > LONGEST_NAME_BYTES)
    throw fault(option, path, `a name of ${bytes} bytes`, `at most ${LONGEST_NAME_BYTES} bytes`);
}

/** What is there; undefined for nothing. */
async function kindOf(option: string, path: string, expected: string): Promise<string | undefined> {
  try {
    const status = await stat(path);
    if (status.isDirectory()) return 'a folder';
    return status.isFile() ? 'a file' : 'a pipe or a device';
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw fault(option, path, CAUSES[code] ?? message, expected);
  }
}

function fault(option: string, path: string, found: string, expected: string): InputError {
  return new InputError({ where: `${option} ${path}`, found, expected, remedy: 'Give another path' });
}
