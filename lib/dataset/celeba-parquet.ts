/** CelebA as parquet files with the photos inside, as Hugging Face hands it out. */

import { basename, dirname } from 'node:path';
import pl from 'nodejs-polars';
import { openParquetPhotos } from '../archives';
import { InputError } from '../errors';
import { attributeColumn } from './attribute-column';
import { checkParts, emptyDataset } from './celeba-folder';
import { describeDataset, withCount } from './describe';
import { DistinctNames } from './distinct-names';
import type { LeftOutCounter } from './left-out';
import type { Shard } from './parquet-shards';
import { checkAlike, joinAttributes, type ShardRows } from './parquet-tables';
import type { Dataset, Part, Photo } from './types';

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
  for (const shard of shards) tables.push(await readShard(shard));
  const names = namesOf(tables);
  const table = joinAttributes(tables, names.flat());
  const lacking = tables.find((rows) => !rows.table.columns.includes(attribute));
  if (lacking === undefined) checkAlike(tables);
  const labels = attributeColumn(table, attribute, (lacking ?? tables[0]).shard.file);
  let start = 0;
  tables.forEach((rows, i) => {
    const end = start + names[i].length;
    addPhotos(dataset, rows, { names: names[i], labels: labels.subarray(start, end) }, partTable, leftOut);
    start = end;
  });
  checkParts(dataset, folder);
  dataset.table = table;
  dataset.leftOut = leftOut.list();
  const form = `CelebA as parquet, ${withCount(shards.length, 'file')}`;
  return { ...dataset, description: describeDataset(dataset, form) };
}

function addPhotos(
  dataset: Dataset,
  { shard, paths, table, identity }: ShardRows,
  { names, labels }: { names: string[]; labels: Int8Array },
  partTable: Map<string, Part> | undefined,
  leftOut: LeftOutCounter,
): void {
  const identities = identity === undefined ? [] : table.getColumn(identity).cast(pl.Float64).toArray();
  names.forEach((name, row) => {
    if (labels[row] === 0) return leftOut.add(`row without a value for ${dataset.attribute}`, name);
    const part = shard.part ?? partTable?.get(name);
    if (part === undefined) throw withoutPart(shard, partTable === undefined ? undefined : name);
    const file = `${shard.file}/${row}/${ownName(paths[row]) ?? 'photo'}`;
    const photo: Photo = { file, name, label: labels[row] > 0 ? 1 : 0, part };
    const person: unknown = identities[row];
    if (typeof person === 'number') photo.identity = person;
    dataset.photos.push(photo);
  });
}

/** Names of each file's photos; the photos and the attribute table both have them. */
function namesOf(tables: readonly ShardRows[]): string[][] {
  const distinct = new DistinctNames();
  const fileNames = tables.map(({ shard }) => basename(shard.file, '.parquet'));
  return tables.map(({ shard, paths }, i) => {
    const named = fileNames[i];
    // In folders of their own for each part, files may have one name.
    const alike = fileNames.indexOf(named) !== fileNames.lastIndexOf(named);
    const place = alike ? `${basename(dirname(shard.file))}/${named}` : named;
    // Without a name, or with another row's, the place in the file is the name.
    return paths.map((path, row) => {
      const own = ownName(path);
      return own !== undefined && distinct.add(own) ? own : `${place}/${row}`;
    });
  });
}

function ownName(path: string | undefined): string | undefined {
  return path === undefined ? undefined : basename(path.replaceAll('\\', '/'));
}

async function readShard(shard: Shard): Promise<ShardRows> {
  const archive = await openParquetPhotos(shard.file);
  const paths = await archive.readNames();
  const table = readTable(shard.file, archive.columns);
  return { shard, paths, table, identity: IDENTITY_COLUMNS.find((name) => table.columns.includes(name)) };
}

function readTable(file: string, columns: string[]): pl.DataFrame {
  try {
    return pl.readParquet(file, { columns });
  } catch (error) {
    const found = `columns that can't be read (${String(error instanceof Error ? error.message : error).split('\n')[0]})`;
    throw new InputError({ where: file, found, expected: 'a whole parquet file', remedy: 'Copy or download it again' });
  }
}

function withoutPart({ file }: Shard, name: string | undefined): InputError {
  return new InputError({
    where: file,
    found: name === undefined ? 'no part in its name' : `no row for ${name} in the partition table`,
    expected: 'a name that begins with train, validation or test, or list_eval_partition.txt beside it',
    remedy: 'Name the files after their parts, or put list_eval_partition.txt there',
  });
}
