/** CelebA as parquet files with the photos inside, as Hugging Face hands it out. */

import { basename } from 'node:path';
import pl from 'nodejs-polars';
import { openParquetPhotos } from '../archives';
import { InputError } from '../errors';
import { attributeColumn } from './attribute-column';
import { checkParts, emptyDataset } from './celeba-folder';
import { describeParts, withCount } from './describe';
import { DistinctNames } from './distinct-names';
import { describeLeftOut, type LeftOutCounter } from './left-out';
import type { AttributeTable } from './parse-attributes';
import type { Shard } from './parquet-shards';
import type { Dataset, Part, Photo } from './types';

/** One file's rows. */
interface ShardRows {
  shard: Shard;
  /** Names of the photos, as their `file` has them. */
  names: (string | undefined)[];
  /** Columns of 1 and -1, 0 where a row has no value. */
  attributes: string[];
  columns: Int8Array[];
  identities?: (number | null)[];
}

const IDENTITY_COLUMNS = ['celeb_id', 'identity', 'identity_id'];

/**
 * Reads the tables of parquet files; of the photos, only names.
 * @param folder    the dataset's folder, or its one file
 * @param shards    its files, at least one
 * @param attribute a column, such as Male
 * @param partTable parts by name, for files whose names don't tell; undefined where there is no such table
 * @param leftOut   counts rows without a value
 * @returns         photos in the order of files and rows
 * @throws          InputError: a file is damaged or unlike the others, no such attribute, a part can't be told or is empty
 */
export async function openCelebaParquet(
  folder: string,
  shards: Shard[],
  attribute: string,
  partTable: Map<string, Part> | undefined,
  leftOut: LeftOutCounter,
): Promise<Dataset> {
  const dataset = emptyDataset(folder, attribute);
  const tables: ShardRows[] = [];
  const distinct = new DistinctNames();
  for (const shard of shards) {
    const rows = await readShard(shard);
    if (rows.attributes.join() !== (tables[0]?.attributes ?? rows.attributes).join()) throw unlike(shard, shards[0]);
    tables.push(rows);
    addPhotos(dataset, rows, attribute, partTable, distinct, leftOut);
  }
  checkParts(dataset, folder);
  dataset.table = joined(tables);
  dataset.leftOut = leftOut.list();
  const form = `CelebA as parquet, ${withCount(shards.length, 'file')}`;
  const description = [`${dataset.name}: ${form}`, describeParts(dataset.photos), ...describeLeftOut(dataset.leftOut)];
  return { ...dataset, description: description.join(', ') };
}

function addPhotos(
  dataset: Dataset,
  { shard, names, attributes, columns, identities }: ShardRows,
  attribute: string,
  partTable: Map<string, Part> | undefined,
  distinct: DistinctNames,
  leftOut: LeftOutCounter,
): void {
  const files = names.map((name) => name ?? '');
  const labels = attributeColumn({ files, attributes, columns }, attribute, shard.file);
  names.forEach((path, row) => {
    // Without a name, or with another row's, the place in the file is the name.
    const own = path === undefined ? undefined : basename(path.replaceAll('\\', '/'));
    const name = own !== undefined && distinct.add(own) ? own : `${basename(shard.file, '.parquet')}/${row}`;
    if (labels[row] === 0) return leftOut.add(`row without a value for ${attribute}`, name);
    const part = shard.part ?? partTable?.get(name);
    if (part === undefined) throw withoutPart(shard, partTable === undefined ? undefined : name);
    const photo: Photo = { file: `${shard.file}/${row}/${own ?? 'photo'}`, name, label: labels[row] > 0 ? 1 : 0, part };
    const identity = identities?.[row];
    if (typeof identity === 'number') photo.identity = identity;
    dataset.photos.push(photo);
  });
}

async function readShard(shard: Shard): Promise<ShardRows> {
  const archive = await openParquetPhotos(shard.file);
  const names = await archive.readNames();
  const table = readTable(shard.file, archive.columns);
  const identity = IDENTITY_COLUMNS.find((name) => table.columns.includes(name));
  const attributes = table.columns.filter((name) => name !== identity && isYesOrNo(columnIn(table, name)));
  const columns = attributes.map((name) => signs(columnIn(table, name).toArray()));
  const rows = { shard, names, attributes, columns };
  if (identity === undefined) return rows;
  const identities = columnIn(table, identity).cast(pl.Float64).toArray() as (number | null)[];
  return { ...rows, identities };
}

function readTable(file: string, columns: string[]): pl.DataFrame {
  try {
    return pl.readParquet(file, { columns });
  } catch (error) {
    const found = `columns that can't be read (${String(error instanceof Error ? error.message : error).split('\n')[0]})`;
    throw new InputError({ where: file, found, expected: 'a whole parquet file', remedy: 'Copy or download it again' });
  }
}

function columnIn(table: pl.DataFrame, name: string): pl.Series {
  return table.getColumn(name);
}

/** True, false, 1, -1 and 0 are answers; 0 is false where no -1 is among them. */
function isYesOrNo(series: pl.Series): boolean {
  const type = String(series.dtype);
  if (/Bool/.test(type)) return true;
  return /Int/.test(type) && Number(series.min()) >= -1 && Number(series.max()) <= 1;
}

function signs(values: unknown[]): Int8Array {
  return Int8Array.from(values, (value) => (value === null || value === undefined ? 0 : Number(value) > 0 ? 1 : -1));
}

function joined(tables: ShardRows[]): AttributeTable {
  const attributes = tables[0].attributes;
  const files = tables.flatMap(({ shard, names }) =>
    names.map((name, row) => name ?? `${basename(shard.file, '.parquet')}/${row}`),
  );
  const columns = attributes.map((_, i) => {
    const column = new Int8Array(files.length);
    let start = 0;
    for (const table of tables) {
      column.set(table.columns[i], start);
      start += table.names.length;
    }
    return column;
  });
  return { files, attributes, columns };
}

function withoutPart({ file }: Shard, name: string | undefined): InputError {
  return new InputError({
    where: file,
    found: name === undefined ? 'no part in its name' : `no row for ${name} in the partition table`,
    expected: 'a name that begins with train, validation or test, or list_eval_partition.txt beside it',
    remedy: 'Name the files after their parts, or put list_eval_partition.txt there',
  });
}

function unlike(shard: Shard, first: Shard): InputError {
  return new InputError({
    where: shard.file,
    found: 'other columns',
    expected: `the same as in ${basename(first.file)}`,
    remedy: 'Keep the files of one copy in the folder',
  });
}
