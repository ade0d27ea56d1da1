/** Looks at the places that a run shall write to before it begins: a fault there is the user's to mend. */

import { randomBytes } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { files, InputError, project } from 'celeba-lab';
import type { FoundPhoto } from './find-photos';
import type { PredictOptions } from './options';

// File systems take 255 bytes; what is written aside has up to 20 more than the name itself (FILE.model, a dot, 13 signs).
const LONGEST_NAME_BYTES = 235;

const CAUSES: Record<string, string> = {
  ENOTDIR: 'a path through something that is no folder',
  ENAMETOOLONG: 'a name that is too long',
  ELOOP: 'links in a circle',
  EACCES: 'a place that may not be read',
};

// Who may not write gets these; a full disk isn't the place's fault.
const REFUSED = ['EACCES', 'EPERM', 'EROFS', 'ENOENT'];

/** What is looked at. */
export type Places = Pick<PredictOptions, 'out' | 'sheet' | 'aligned' | 'paths' | 'folder'>;

/**
 * Checks --out, --sheet and --aligned; leaves nothing.
 * @throws InputError where there is something else already, nothing can be there or be written, or faces would be kept among
 *         the photos
 */
export async function checkPlaces({ out, sheet, aligned, paths, folder }: Places): Promise<void> {
  if (out !== undefined) await checkFile('--out', out);
  if (sheet !== undefined) {
    await checkFile('--sheet', sheet);
    // A pattern after --sheet makes the shell put a photo in the page's place.
    if (files.isPhotoName(sheet)) throw fault('--sheet', sheet, 'the name of a photo', 'a page, such as sheet.html');
  }
  if (aligned !== undefined && (await kindOf('--aligned', aligned, 'a folder')) === 'a file')
    throw fault('--aligned', aligned, 'a file', 'a folder, or none yet');
  checkOwn({ out, sheet, aligned });
  if (aligned !== undefined) await checkApart(aligned, paths, folder);
  if (out !== undefined) await checkWritable('--out', out, dirname(out));
  if (sheet !== undefined) await checkWritable('--sheet', sheet, dirname(sheet));
  if (aligned !== undefined) await checkWritable('--aligned', aligned, aligned);
}

/** A place that is, or lies in, a file of another option could not be made: none of them need be there yet. */
function checkOwn({ out, sheet, aligned }: Pick<Places, 'out' | 'sheet' | 'aligned'>): void {
  const ofOut = out === undefined ? [] : [out, `${out}.model`, `${out}.lock`];
  const ofSheet = sheet === undefined ? [] : [sheet];
  const rules: [option: string, path: string | undefined, other: string, files: string[]][] = [
    ['--sheet', sheet, '--out', ofOut],
    ['--out', out, '--sheet', ofSheet],
    ['--aligned', aligned, '--out', ofOut],
    ['--aligned', aligned, '--sheet', ofSheet],
  ];
  for (const [option, path, other, taken] of rules) {
    const file = path && taken.find((place) => project.isInside(path, place));
    if (path === undefined || file === undefined) continue;
    throw fault(option, path, `${file === path ? 'a' : 'a place in a'} file of ${other}`, 'a place of its own');
  }
}

/** Faces that are kept in a folder of photos would be answered themselves by the next run. */
async function checkApart(aligned: string, paths: string[], folder: string): Promise<void> {
  for (const path of paths) {
    const given = resolve(folder, path);
    if (path === '-' || !(await files.isFolder(given))) continue;
    if (project.isInside(project.realPlace(aligned), project.realPlace(given)))
      throw fault('--aligned', aligned, `a place in ${path}, whose photos are answered`, 'one outside of it');
  }
}

/**
 * What `checkPlaces` can't know before the photos are found: whether a pattern or a list leads into --aligned.
 * @throws InputError where a photo that is to be answered lies there
 */
export function checkOutside(aligned: string | undefined, photos: readonly FoundPhoto[]): void {
  if (aligned === undefined) return;
  const above = `${project.realPlace(aligned)}${sep}`;
  const inside = photos.find(({ file }) => file.startsWith(above) || file.startsWith(`${aligned}${sep}`));
  if (inside === undefined) return;
  throw fault('--aligned', aligned, `${inside.shown} there, which is answered`, 'a place without photos to answer');
}

/** By writing: rights alone don't tell where a disk or a share takes nothing. */
async function checkWritable(option: string, path: string, folder: string): Promise<void> {
  let place = folder;
  while (!(await files.isFolder(place)) && dirname(place) !== place) place = dirname(place);
  const probe = join(place, `.writable.${randomBytes(6).toString('hex')}`);
  try {
    await (await open(probe, 'wx')).close();
    await rm(probe);
    // A file that is there is added to.
    if (option === '--out' && (await files.exists(path))) await (await open(path, 'r+')).close();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!REFUSED.includes(code)) throw error;
    throw fault(option, path, `a place that can't be written to (${code})`, 'one that is yours to write to');
  }
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
