/** Puts a dataset's photos into training, validation and test: as the data set has them, as the article did, or by a draw. */

import { articleSplit } from './article-split';
import { checkBothClasses, hasRowsForArticle } from './both-classes';
import { describeParts } from './describe';
import { randomSplit } from './random-split';
import type { Dataset, SplitName } from './types';

/**
 * The same photos in the parts that are to be learned and judged by; files stay where they are.
 * - `official`: as the dataset was opened, which is its own split where it has one
 * - `article`: see `articleSplit`; photos that the article didn't use are left out
 * - `random`: see `randomSplit`; each part has as many photos of each class as before
 * @param data  what an opener returned
 * @param split which
 * @param seed  fixes the draw, a whole number; default 1
 * @returns     `split` says what the parts are; a dataset without a split of its own is `random` where `official` was asked for
 * @throws      InputError where a class has too few photos, or a part has photos of one class of an attribute only
 */
export function splitDataset(data: Dataset, split: SplitName, seed = 1): Dataset {
  const parted = inSplit(data, split, seed);
  checkBothClasses(parted);
  return parted;
}

/**
 * `splitDataset` for a split that is only looked at, beside the one that is learned: a part may lack a class.
 * @throws InputError where a class has too few photos
 */
export function inSplit(data: Dataset, split: SplitName, seed = 1): Dataset {
  if (split === 'official' || split === data.split) return data;
  const parted = split === 'article' ? articleSplit(data) : { ...data, photos: randomSplit(data, seed) };
  const description = `${data.description}; SPLIT=${split}: ${describeParts(parted.photos)}`;
  return { ...parted, split, description };
}

/**
 * The splits that lead to different parts.
 * @param data a dataset as it was opened, in its own split
 * @returns    its own first
 */
export function availableSplits(data: Dataset): SplitName[] {
  const others: SplitName[] = hasRowsForArticle(data) ? ['article', 'random'] : ['random'];
  return [data.split, ...others.filter((name) => name !== data.split)];
}
