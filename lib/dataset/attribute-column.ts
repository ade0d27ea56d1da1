/** The column of the attribute that is learned, or why it can't be. */

import { InputError } from '../errors';
import { withCount } from './describe';
import { nearestNames } from './nearest-names';
import type { AttributeTable } from './parse-attributes';

/**
 * The values of one attribute.
 * @param table     the attribute table
 * @param attribute a name as ATTRIBUTE gives it
 * @param where     the line or file that holds the names
 * @returns         1 or -1 for each row, both of which occur; 0 where a row has no answer
 * @throws          InputError with the nearest names that can be learned, where there is no such column, or where all
 *                  photos have the same value in it
 */
export function attributeColumn(table: AttributeTable, attribute: string, where: string): Int8Array {
  const index = table.attributes.indexOf(attribute);
  const column = index >= 0 ? table.columns[index] : undefined;
  if (column !== undefined && bothOccur(column)) return column;
  const usable = table.attributes.filter((_, i) => bothOccur(table.columns[i]));
  const nearest = nearestNames(attribute, usable);
  const others = usable.length > nearest.length ? `, ... (${usable.length} in all)` : '';
  const offered = `${nearest.join(', ')}${others}`;
  const remedy = nearest.length > 0 ? `Set ATTRIBUTE=${nearest[0]}, or another of these` : 'Get another table';
  if (column === undefined)
    throw new InputError({
      where,
      found: `no column ${attribute}`,
      expected: `one of its columns: ${offered}`,
      remedy,
    });
  const answer = column.includes(1) ? 'each' : 'none';
  const answered = column.filter((value) => value !== 0).length;
  throw new InputError({
    where: `ATTRIBUTE=${attribute}`,
    found: `${answer} of ${withCount(answered, 'photo')} with it, so that there is nothing to tell apart`,
    expected: `an attribute that some photos have and others lack: ${offered}`,
    remedy,
  });
}

function bothOccur(column: Int8Array): boolean {
  return column.includes(1) && column.includes(-1);
}
