/** CelebA's text tables as data frames, every line checked. */

import pl from 'nodejs-polars';
import { parseAttributes } from './parse-attributes';
import { parsePairs } from './parse-pairs';
import type { Part } from './types';

// 0, 1 and 2 in list_eval_partition.txt.
const PARTS: readonly Part[] = ['train', 'validation', 'test'];

/**
 * The attribute table: what annotators saw in each photo.
 * @param file path of list_attr_celeba.txt
 * @returns    a row for each photo: `file`, then an Int8 column of 1 (seen) and -1 (not seen) for each attribute
 * @throws     InputError with file and line: a wrong count, a missing or extra value, another value than 1 and -1
 * @source     Z. Liu, P. Luo, X. Wang, X. Tang, Deep Learning Face Attributes in the Wild, ICCV 2015
 */
export function readAttributes(file: string): pl.DataFrame {
  const { files, attributes, columns } = parseAttributes(file);
  return pl.DataFrame([
    pl.Series('file', files, pl.Utf8),
    ...attributes.map((name, i) => pl.Series(name, columns[i], pl.Int8)),
  ]);
}

/**
 * The official split, in which no person is in two parts.
 * @param file path of list_eval_partition.txt
 * @returns    a row for each photo: `file` and `part`, which is train, validation or test
 * @throws     InputError with file and line
 */
export function readPartition(file: string): pl.DataFrame {
  const { files, parts } = parsePartition(file);
  return pl.DataFrame([pl.Series('file', files, pl.Utf8), pl.Series('part', parts, pl.Utf8)]);
}

/**
 * Who is in each photo, as numbers without names.
 * @param file path of identity_CelebA.txt
 * @returns    a row for each photo: `file` and `identity`, an Int32
 * @throws     InputError with file and line
 */
export function readIdentities(file: string): pl.DataFrame {
  const { files, values } = parseIdentities(file);
  return pl.DataFrame([pl.Series('file', files, pl.Utf8), pl.Series('identity', values, pl.Int32)]);
}

/**
 * What `readPartition` reads, as plain arrays.
 * @param file path of list_eval_partition.txt
 * @returns    names of photos, and the part of each
 */
export function parsePartition(file: string): { files: string[]; parts: Part[] } {
  const { files, values } = parsePairs(file, '0 (train), 1 (validation) or 2 (test)', (value) => value in PARTS);
  const parts: Part[] = [];
  for (const value of values) parts.push(PARTS[value]);
  return { files, parts };
}

/**
 * What `readIdentities` reads, as plain arrays.
 * @param file path of identity_CelebA.txt
 * @returns    names of photos, and the number of the person in each
 */
export function parseIdentities(file: string): { files: string[]; values: Int32Array } {
  return parsePairs(file, 'the number of a person', (value) => value < 2 ** 31);
}
