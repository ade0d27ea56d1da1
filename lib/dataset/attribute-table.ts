/** The attribute table of any dataset, and how often each attribute is given. */

import pl from 'nodejs-polars';
import { columnOf } from './associations';
import type { AttributeTable } from './parse-attributes';
import type { Dataset } from './types';

/** How often one attribute is answered with yes. */
export interface AttributeShare {
  /** Name of the attribute. */
  attribute: string;
  /** Photos with it, in percent, one decimal. */
  percent: number;
  /** Whether it is the one that is learned. */
  learned: boolean;
}

/**
 * The table that comes with CelebA, or one made of the folders' names: a row a photo, a column an attribute.
 * @param data a dataset that `openDataset` returned
 * @returns    columns `file`, then one Int8 column of 1 and -1, where it is open 0, for each attribute or class
 */
export function attributeTable(data: Dataset): pl.DataFrame {
  if (data.table !== undefined) return attributeFrame(data.table);
  const columns = data.classNames.map((name, label) =>
    pl.Series(
      name,
      data.photos.map((photo) => (photo.label === label ? 1 : -1)),
      pl.Int8,
    ),
  );
  return pl.DataFrame([
    pl.Series(
      'file',
      data.photos.map((photo) => photo.name),
    ),
    ...columns,
  ]);
}

/**
 * The share of photos with each attribute; a row that leaves it open, with 0, counts as without.
 * @param table   what `attributeTable` returned
 * @param learned the attribute that is learned, to be marked
 * @returns       one row an attribute, most frequent first
 */
export function attributeShares(table: pl.DataFrame, learned: string): AttributeShare[] {
  const names = table.columns.filter((name) => name !== 'file');
  return names
    .map((attribute) => {
      const column = columnOf(table, attribute);
      let given = 0;
      for (let row = 0; row < column.length; row++) if (column[row] > 0) given++;
      const share = given / column.length;
      return { attribute, percent: Math.round(1000 * share) / 10, learned: attribute === learned };
    })
    .sort((a, b) => b.percent - a.percent);
}

function attributeFrame({ files, attributes, columns }: AttributeTable): pl.DataFrame {
  return pl.DataFrame([
    pl.Series('file', files, pl.Utf8),
    ...attributes.map((name, i) => pl.Series(name, columns[i], pl.Int8)),
  ]);
}
