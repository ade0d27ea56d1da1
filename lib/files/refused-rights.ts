/** Files and folders that the user may not read. */

import { InputError } from '../errors';

/**
 * What to throw where something couldn't be read: a sentence where the system refused it to this user, else the system's error.
 * @param path     absolute
 * @param kind     what it is, or should be
 * @param expected what it should hold, such as `a folder of photos`
 * @param error    what was thrown
 */
export function readingFault(path: string, kind: 'file' | 'folder', expected: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (!['EACCES', 'EPERM'].includes(code)) return error;
  return new InputError({
    where: path,
    found: `a ${kind} that may not be read`,
    expected,
    remedy: 'Give yourself the right to read it',
  });
}
