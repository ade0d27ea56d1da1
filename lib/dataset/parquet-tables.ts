/** The attributes of several parquet files as one table, whose columns are chosen by the values of all of them. */

import { basename } from 'node:path';
import type pl from 'nodejs-polars';
import { InputError } from '../errors';
import type { AttributeTable } from './parse-attributes';
import type { Shard } from './parquet-shards';

/** One file's rows. */
export interface ShardRows {
  shard: Shard;
  /** Paths of the photos, as the file has them. */
  paths: (string | undefined)[];
  /** All columns but the pictures. */
  table: pl.DataFrame;
  /** Name of the column with persons' numbers, where there is one. */
  identity?: string;
}

/**
 * Joins files' attributes: columns of yes and no in all of them. True, 1, false, -1 and 0 are answers; 0 stands for no
 * where no -1 is in the column, in any file, and is unknown beside -1.
 * @param shards at least one
 * @param files  names of the photos, of all shards
 * @returns      columns of 1 and -1, 0 where the answer is unknown
 */
export function joinAttributes(shards: readonly ShardRows[], files: string[]): AttributeTable {
  const attributes = shards[0].table.columns.filter((name) =>
    shards.every((rows) => mayAnswer(rows, name) && isYesOrNo(rows, name)),
  );
  return { files, attributes, columns: attributes.map((name) => signsOf(shards, name)) };
}

/**
 * Holds files to be of one copy: what answers yes or no in one of them is in the others, too, maybe with larger numbers.
 * @throws InputError that names the first file unlike the first of all
 */
export function checkAlike(shards: readonly ShardRows[]): void {
  const [first, ...others] = shards;
  const lacks = (one: ShardRows, other: ShardRows): boolean =>
    other.table.columns.some((name) => mayAnswer(other, name) && isYesOrNo(other, name) && !mayAnswer(one, name));
  const unlike = others.find((other) => lacks(first, other) || lacks(other, first));
  if (unlike === undefined) return;
  throw new InputError({
    where: unlike.shard.file,
    found: 'other columns',
    expected: `the same as in ${basename(first.shard.file)}`,
    remedy: 'Keep the files of one copy in the folder',
  });
}

/** Whether a column is there, of a type that attributes have. */
function mayAnswer({ table, identity }: ShardRows, name: string): boolean {
  return name !== identity && table.columns.includes(name) && /Bool|Int/.test(String(table.getColumn(name).dtype));
}

function isYesOrNo({ table }: ShardRows, name: string): boolean {
  const column = table.getColumn(name);
  if (/Bool/.test(String(column.dtype))) return true;
  return Number(column.min()) >= -1 && Number(column.max()) <= 1;
}

function signsOf(shards: readonly ShardRows[], name: string): Int8Array {
  const columns = shards.map(({ table }) => table.getColumn(name));
  const zero = columns.some((column) => Number(column.min()) < 0) ? 0 : -1;
  const values = columns.flatMap((column) => column.toArray() as (number | boolean | null)[]);
  return Int8Array.from(values, (value) => (value === null ? 0 : Number(value) || zero));
}
