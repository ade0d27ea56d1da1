/** Datasets without files, row by row. */

import type { dataset } from 'celeba-lab';
import { datasetOf } from '../photos/write-photos';

/**
 * Photos 000001.jpg and so on; of each ten rows eight are for training, one for validation, one for the test.
 * @param count    how many
 * @param isMale   label of a row, from 0
 * @param identity person of a row, from 0; default none is known
 */
export function rows(
  count: number,
  isMale: (row: number) => boolean,
  identity?: (row: number) => number,
): dataset.Dataset {
  const photos = Array.from({ length: count }, (_, i): dataset.Photo => {
    const name = `${String(i + 1).padStart(6, '0')}.jpg`;
    const part = i % 10 < 8 ? 'train' : i % 10 === 8 ? 'validation' : 'test';
    return { file: `/x/${name}`, name, label: isMale(i) ? 1 : 0, part, ...(identity && { identity: identity(i) }) };
  });
  return { ...datasetOf(photos), name: 'x', description: 'x' };
}
