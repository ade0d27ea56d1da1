/** Which model a file of rows comes from: noted beside it, so that a later run doesn't add another model's answers. */

import { readFile, stat } from 'node:fs/promises';
import { files, InputError } from 'celeba-lab';

/** The model that answers. */
export interface AnsweringModel {
  /** Of the saved classifier. */
  folder: string;
  /** Of what was loaded from there, which a training may have replaced since. */
  fingerprint: string;
}

/**
 * Checks that a file's rows, if it has any, are of this model as far as FILE.model says. Rows without a note, made before
 * notes were kept, count as this model's.
 * @param file absolute path of the rows; may be missing
 * @throws     InputError where the file has rows of another model
 */
export async function checkModelOf(file: string, { folder, fingerprint }: AnsweringModel): Promise<void> {
  const note = noteOf(file);
  const hasRows = (await stat(file).catch(() => undefined))?.size;
  const noted = await readFile(note, 'utf8').catch(() => undefined);
  if (hasRows && noted !== undefined && noted.trim() !== fingerprint) {
    throw new InputError({
      where: file,
      found: `rows of another model (noted in ${note})`,
      expected: `rows of the model in ${folder}`,
      remedy: 'Give another file after --out, or remove both files',
    });
  }
}

/** Notes in FILE.model that a file's rows are of this model. */
export async function noteModelOf(file: string, { fingerprint }: AnsweringModel): Promise<void> {
  await files.writeFileAtomically(noteOf(file), `${fingerprint}\n`);
}

function noteOf(file: string): string {
  return `${file}.model`;
}
