/** Reads a text that may be missing; one that is there and can't be read isn't missing. */

import { readFile } from 'node:fs/promises';
import { readingFault } from './refused-rights';

// The second: a part of the path is a file.
const MISSING = ['ENOENT', 'ENOTDIR'];

/**
 * Reads a file as UTF-8.
 * @param path     absolute
 * @param expected what it should hold, such as `the description of a model`
 * @returns        undefined where there is no such file
 * @throws         InputError where it may not be read; for anything else (a failing disk, too many open files) the system's error
 * @example        await readTextIfThere('/nowhere/state.json', 'a state') // undefined
 */
export async function readTextIfThere(path: string, expected: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (MISSING.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw readingFault(path, 'file', expected, error);
  }
}
