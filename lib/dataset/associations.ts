/** Which attributes go along with one of them. */

import type pl from 'nodejs-polars';
import { InputError } from '../errors';

/** How one attribute goes along with the chosen one. */
export interface Association {
  /** Name of the attribute. */
  attribute: string;
  /** Phi coefficient, -1 to 1: 1 where both are always given together, -1 where never, 0 where they tell nothing of each other. */
  phi: number;
  /** Photos with it among those with the chosen attribute, in percent, one decimal. */
  percentWith: number;
  /** Photos with it among those without, in percent, one decimal. */
  percentWithout: number;
}

/**
 * The association of an attribute with each other one, all rows counted, in one pass over each column.
 * Attributes that are given to all photos or to none are left out: they go along with nothing.
 * @param table  what `attributeTable` returned
 * @param chosen one of its attributes
 * @returns      the strongest first, whatever the sign; none where `chosen` itself is given to all or none
 * @throws       InputError where there is no such attribute
 * @source       K. Pearson, Phil. Trans. R. Soc. A 195 (1900), 1-47; phi is Pearson's correlation of two columns of 0 and 1
 * @example      attributeAssociations(table, 'Male')[0] // { attribute: 'Wearing_Lipstick', phi: -0.79, ... }
 */
export function attributeAssociations(table: pl.DataFrame, chosen: string): Association[] {
  if (!table.columns.includes(chosen)) {
    throw new InputError({
      where: 'attributeAssociations',
      found: `no attribute "${chosen}"`,
      expected: `one of ${table.columns.slice(1).join(', ')}`,
      remedy: 'Choose one of them',
    });
  }
  const given = columnOf(table, chosen);
  return table.columns
    .filter((name) => name !== 'file' && name !== chosen)
    .map((attribute) => associationOf(attribute, given, columnOf(table, attribute)))
    .filter(({ phi }) => Number.isFinite(phi))
    .sort((a, b) => Math.abs(b.phi) - Math.abs(a.phi));
}

/**
 * A column of 1 and -1 as plain numbers.
 * @param table what `attributeTable` returned
 */
export function columnOf(table: pl.DataFrame, attribute: string): Int8Array {
  return table.getColumn(attribute).toTypedArray() as Int8Array;
}

function associationOf(attribute: string, given: Int8Array, column: Int8Array): Association {
  const n = given.length;
  let chosen = 0;
  let other = 0;
  let both = 0;
  for (let i = 0; i < n; i++) {
    // 1 for 1, 0 for -1.
    const x = (given[i] + 1) >> 1;
    const y = (column[i] + 1) >> 1;
    chosen += x;
    other += y;
    both += x & y;
  }
  const phi = (n * both - chosen * other) / Math.sqrt(chosen * (n - chosen) * other * (n - other));
  return { attribute, phi, percentWith: percent(both, chosen), percentWithout: percent(other - both, n - chosen) };
}

function percent(part: number, of: number): number {
  return of === 0 ? 0 : Math.round((1000 * part) / of) / 10;
}
