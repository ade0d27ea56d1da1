/** CelebA's text tables as data frames, every line checked. */

import pl from 'nodejs-polars';
import { parseAttributes, type AttributeTable } from './parse-attributes';
import { parsePairs, type PairRule } from './parse-pairs';
import type { Part } from './types';

/** What 0, 1 and 2 stand for in list_eval_partition. */
export const PARTS: readonly Part[] = ['train', 'validation', 'test'];

/** What list_eval_partition holds beside each name. */
export const PARTITION: PairRule = {
  expected: '0 (train), 1 (validation) or 2 (test)',
  accepts: (value) => value in PARTS,
};

/** What identity_CelebA holds beside each name. */
export const IDENTITIES: PairRule = { expected: 'the number of a person', accepts: (value) => value < 2 ** 31 };

/**
 * The attribute table: what annotators saw in each photo.
 * @param file path of list_attr_celeba.txt
 * @returns    a row for each photo: `file`, then an Int8 column of 1 (seen) and -1 (not seen) for each attribute
 * @throws     InputError with file and line: a wrong count, a missing or extra value, another value than 1 and -1
 * @source     Z. Liu, P. Luo, X. Wang, X. Tang, Deep Learning Face Attributes in the Wild, ICCV 2015
 */
export function readAttributes(file: string): pl.DataFrame {
  return attributeFrame(parseAttributes(file));
}

/**
 * An attribute table as a data frame.
 * @returns columns `file`, then an Int8 column of 1 and -1 for each attribute
 */
export function attributeFrame({ files, attributes, columns }: AttributeTable): pl.DataFrame {
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
  const { files, values } = parsePairs(file, PARTITION);
  const parts = Array.from(values, (value) => PARTS[value]);
  return pl.DataFrame([pl.Series('file', files, pl.Utf8), pl.Series('part', parts, pl.Utf8)]);
}

/**
 * Who is in each photo, as numbers without names.
 * @param file path of identity_CelebA.txt
 * @returns    a row for each photo: `file` and `identity`, an Int32
 * @throws     InputError with file and line
 */
export function readIdentities(file: string): pl.DataFrame {
  const { files, values } = parsePairs(file, IDENTITIES);
  return pl.DataFrame([pl.Series('file', files, pl.Utf8), pl.Series('identity', values, pl.Int32)]);
}
