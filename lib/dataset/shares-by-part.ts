/** How often each attribute is given, part by part. */

import type pl from 'nodejs-polars';
import { columnOf } from './associations';
import { PARTS, type Dataset } from './types';

/** One attribute's share of the photos, in percent, one decimal; a part without photos has NaN. */
export interface PartShares {
  /** Name of the attribute. */
  attribute: string;
  /** Of the training photos. */
  train: number;
  /** Of the validation photos. */
  validation: number;
  /** Of the test photos. */
  test: number;
}

/**
 * The share of each attribute in each part. Rows without a photo in the dataset are left out.
 * @param table what `attributeTable` returned
 * @param data  the dataset, in any split
 * @returns     a row an attribute, in the table's order
 * @example     sharesByPart(table, data)[20] // { attribute: 'Male', train: 41.9, validation: 42.6, test: 38.7 }
 */
export function sharesByPart(table: pl.DataFrame, data: Pick<Dataset, 'photos'>): PartShares[] {
  const partOf = new Map(data.photos.map(({ name, part }) => [name, PARTS.indexOf(part)]));
  const names = table.getColumn('file').toArray() as string[];
  const parts = Int8Array.from(names, (name) => partOf.get(name) ?? PARTS.length);
  const sizes = countByPart(parts, () => 1);
  return table.columns
    .filter((name) => name !== 'file')
    .map((attribute) => {
      const column = columnOf(table, attribute);
      const given = countByPart(parts, (row) => (column[row] > 0 ? 1 : 0));
      const [train, validation, test] = PARTS.map((_, i) => Math.round((1000 * given[i]) / sizes[i]) / 10);
      return { attribute, train, validation, test };
    });
}

/** Sums by part; rows of no part come last. */
function countByPart(parts: Int8Array, valueOf: (row: number) => number): Float64Array {
  const sums = new Float64Array(PARTS.length + 1);
  for (let row = 0; row < parts.length; row++) sums[parts[row]] += valueOf(row);
  return sums;
}
