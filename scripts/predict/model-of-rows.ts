/** Where a file of rows comes from: noted beside it, so that a later run adds neither another model's answers nor other photos'. */

import { stat } from 'node:fs/promises';
import { files, InputError } from 'celeba-lab';
import { readTextIfThere } from 'celeba-lab/dist/files/read-if-there';

/** The model that answers. */
export interface AnsweringModel {
  /** Of the saved classifier. */
  folder: string;
  /** Of what was loaded from there, which a training may have replaced since. */
  fingerprint: string;
}

/** What FILE.model says: the model on the first line, the folder behind it. */
interface Note {
  fingerprint?: string;
  from?: string;
}

/**
 * Checks that a file's rows, if it has any, are of this model, and their relative paths of this folder, as far as FILE.model
 * says. What it doesn't say is taken to be so: it may have been removed, and a run of absolute paths notes no folder.
 * @param file  absolute path of the rows; may be missing
 * @param model the one that answers
 * @param from  absolute path of the folder where relative paths start; undefined where this run writes none
 * @returns     notes both in FILE.model
 * @throws      InputError where the file has rows of another model, or paths that start elsewhere, or its note may not be read;
 *              for anything else that keeps one from being read the system's error
 */
export async function checkOrigin(
  file: string,
  { folder, fingerprint }: AnsweringModel,
  from?: string,
): Promise<() => Promise<void>> {
  const note = `${file}.model`;
  const hasRows = await sizeOf(file);
  const noted = hasRows ? await readNote(note) : {};
  if (noted.fingerprint !== undefined && noted.fingerprint !== fingerprint)
    throw otherRows(file, `rows of another model (noted in ${note})`, `rows of the model in ${folder}`);
  if (from !== undefined && noted.from !== undefined && noted.from !== from)
    throw otherRows(file, `rows whose paths start from ${noted.from} (noted in ${note})`, `rows from ${from}`);
  const lines = [fingerprint, from ?? noted.from].filter((line) => line !== undefined);
  return () => files.writeFileAtomically(note, `${lines.join('\n')}\n`);
}

/** Bytes of a file, 0 where there is none. */
async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

async function readNote(note: string): Promise<Note> {
  const text = await readTextIfThere(note, 'the model of the rows');
  // The name of a folder may have line ends.
  const [, fingerprint, from] = /^(.*)\n?([^]*?)\n?$/.exec(text ?? '') ?? [];
  return { fingerprint: fingerprint || undefined, from: from || undefined };
}

function otherRows(where: string, found: string, expected: string): InputError {
  return new InputError({ where, found, expected, remedy: 'Give another file after --out, or remove both files' });
}
