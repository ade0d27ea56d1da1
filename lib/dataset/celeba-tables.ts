/** CelebA's tables, of whatever form, joined: for each photo its attributes, its part and, where known, its person. */

import { InputError } from '../errors';
import type { CelebaFiles } from './celeba-files';
import { parseCsvAttributes, parseCsvPairs } from './celeba-csv';
import { withCount } from './describe';
import type { FileTree } from './file-tree';
import { alignRows } from './join-rows';
import type { LeftOutCounter } from './left-out';
import { parseAttributes, type AttributeTable } from './parse-attributes';
import { parsePairs, type PairRule, type PairTable } from './parse-pairs';
import { PARTS, type Part } from './types';

/** What list_eval_partition holds beside each name: the official split, in which no person is in two parts. */
export const PARTITION: PairRule = {
  expected: '0 (train), 1 (validation) or 2 (test)',
  accepts: (value) => value in PARTS,
};

/** What identity_CelebA holds beside each name: who is in the photo, as a number without a name. */
export const IDENTITIES: PairRule = {
  expected: 'the number of a person',
  accepts: (value) => value >= 0 && value < 2 ** 31,
};

/** Rows in the order of the attribute table. */
export interface CelebaRows {
  table: AttributeTable;
  /** The part of each photo. */
  parts: ArrayLike<Part>;
  /** Number of the person in each photo; undefined as a whole where there is no such table. */
  identities?: ArrayLike<number | undefined>;
}

/**
 * Reads and joins the tables. CelebA's, 202,599 rows of 40 attributes, take about a sixth of a second.
 * @param tree    where they lie
 * @param files   their paths; attributes and partition must be among them
 * @param leftOut counts rows that name no photo of the attribute table
 * @throws        InputError with file and line where a table is at fault, or a photo has no part
 */
export async function readCelebaRows(
  tree: FileTree,
  files: CelebaFiles & { attributes: string; partition: string },
  leftOut: LeftOutCounter,
): Promise<CelebaRows> {
  const table = await readAttributeTable(tree, files.attributes);
  const partition = await readPairs(tree, files.partition, PARTITION, table.files);
  const parts = partsOf(table.files, partition, tree.pathOf(files.partition), leftOut);
  if (files.identities === undefined) return { table, parts };
  const identities = alignRows(table.files, await readPairs(tree, files.identities, IDENTITIES, table.files));
  for (const name of identities.extra) leftOut.add('row of the identity table without attributes', name);
  return { table, parts, identities: identities.values };
}

/** Names and parts of list_eval_partition, as text or CSV. */
export async function readParts(tree: FileTree, path: string): Promise<{ files: string[]; parts: Part[] }> {
  const { files, values } = await readPairs(tree, path, PARTITION);
  return { files, parts: Array.from(values, (value) => PARTS[value]) };
}

async function readAttributeTable(tree: FileTree, path: string): Promise<AttributeTable> {
  const bytes = await tree.read(path);
  return path.endsWith('.csv')
    ? parseCsvAttributes(tree.pathOf(path), bytes)
    : parseAttributes(tree.pathOf(path), bytes);
}

async function readPairs(tree: FileTree, path: string, rule: PairRule, likely?: readonly string[]): Promise<PairTable> {
  const bytes = await tree.read(path);
  return path.endsWith('.csv')
    ? parseCsvPairs(tree.pathOf(path), rule, bytes)
    : parsePairs(tree.pathOf(path), rule, bytes, likely);
}

function partsOf(names: string[], partition: PairTable, file: string, leftOut: LeftOutCounter): Part[] {
  const { values, extra } = alignRows(names, partition);
  for (const name of extra) leftOut.add('row of the partition table without attributes', name);
  const parts: Part[] = [];
  const without: string[] = [];
  for (let i = 0; i < names.length; i++) {
    const value = values[i];
    if (value === undefined) without.push(names[i]);
    else parts.push(PARTS[value]);
  }
  if (without.length === 0) return parts;
  throw new InputError({
    where: file,
    found: `no row for ${without[0]}${without.length > 1 ? ` and ${withCount(without.length - 1, 'other photo')}` : ''}`,
    expected: 'a row for each photo of the attribute table',
    remedy: 'Copy both tables again, from the same place',
  });
}
