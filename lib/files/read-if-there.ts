/** Reads a text, or JSON, that may be missing; one that is there and can't be read isn't missing. */

import { readFile } from 'node:fs/promises';
import { InputError } from '../errors';
import { parseJsonObject } from './parse-json-object';
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

/**
 * Reads a JSON object that a run has left, as `parseJsonObject` does.
 * @param path     absolute
 * @param expected what it should hold, such as `the report of a run`
 * @returns        undefined where there is no such file; what the object holds isn't checked
 * @throws         InputError where it holds something else, and what `readTextIfThere` throws
 * @example        await readJsonIfThere<Report>('/outputs/report.json', 'the report of a run')
 */
export async function readJsonIfThere<T extends object>(path: string, expected: string): Promise<T | undefined> {
  const text = await readTextIfThere(path, expected);
  if (text === undefined) return undefined;
  const value = parseJsonObject(text);
  if (value !== undefined) return value as T;
  throw new InputError({
    where: path,
    found: 'something else than a JSON object',
    expected,
    remedy: 'Remove it, or put back the file that was there: a run writes it anew',
  });
}
