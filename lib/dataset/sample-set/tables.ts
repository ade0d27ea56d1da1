/** CelebA's three text tables for planned pictures, in its spacing. */

import { PARTS } from '../types';
import { attributesOf, CELEBA_ATTRIBUTES } from './attributes';
import type { PlannedPicture } from './plan';

/** `list_attr_celeba.txt`: the count, the names with CelebA's space at the end, then a row for each picture. */
export function attributeTable(planned: PlannedPicture[]): string {
  const rows = planned.map(({ name, picture }) => {
    return `${name} ${attributesOf(picture)
      .map((value) => String(value).padStart(2))
      .join(' ')}`;
  });
  return lines([String(planned.length), `${CELEBA_ATTRIBUTES.join(' ')} `, ...rows]);
}

/** `list_eval_partition.txt`: 0 for training, 1 for validation, 2 for test. */
export function partitionTable(planned: PlannedPicture[]): string {
  return lines(planned.map(({ name, part }) => `${name} ${PARTS.indexOf(part)}`));
}

/** `identity_CelebA.txt`: the number of the person shown. */
export function identityTable(planned: PlannedPicture[]): string {
  return lines(planned.map(({ name, identity }) => `${name} ${identity}`));
}

function lines(rows: string[]): string {
  return `${rows.join('\n')}\n`;
}
