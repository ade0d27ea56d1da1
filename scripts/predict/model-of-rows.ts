/** Which model a file of rows comes from: noted beside it, so that a later run doesn't add another model's answers. */

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { files, InputError } from 'celeba-lab';

/**
 * Notes the model in FILE.model, or checks that it is the one noted there.
 * @param file  absolute path of the rows; may be missing
 * @param model folder of the saved classifier
 * @throws      InputError where the file has rows of another model
 */
export async function noteModelOf(file: string, model: string): Promise<void> {
  // The description holds the checksums of the weights beside what was fitted later.
  const sha256 = await files.sha256OfFile(join(model, 'classifier.json'));
  const note = `${file}.model`;
  const hasRows = (await stat(file).catch(() => undefined))?.size;
  const noted = await readFile(note, 'utf8').catch(() => undefined);
  if (hasRows && noted !== undefined && noted.trim() !== sha256) {
    throw new InputError({
      where: file,
      found: `rows of another model (noted in ${note})`,
      expected: `rows of the model in ${model}`,
      remedy: 'Give another file after --out, or remove both files',
    });
  }
  if (noted?.trim() !== sha256) await files.writeFileAtomically(note, `${sha256}\n`);
}
