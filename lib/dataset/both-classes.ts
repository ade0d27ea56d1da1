/** Whether an attribute can be learned and judged in a split: every part needs photos with it and photos without it. */

import { InputError } from '../errors';
import { articleSplit, FEWEST_ROWS } from './article-split';
import { countClasses, type PartClassCount } from './counts';
import { withCount } from './describe';
import { PARTS, type Dataset, type Part } from './types';

/**
 * Refuses an attribute of which a part has photos of one class only: a network that always answers that class would be right
 * on all of them, and accuracy, early stopping and calibration would praise it for that.
 * Class folders pass: who sorts photos into parts sees what is in each, who names a column of a table doesn't.
 * @param data  a dataset in the split that is to be learned
 * @param parts those to be looked at; default all
 * @throws      InputError that names the attribute and, for each part at fault, the class and both counts
 */
export function checkBothClasses(data: Dataset, parts: readonly Part[] = PARTS): void {
  if (data.kind !== 'celeba') return;
  const lacking = countClasses(data).filter(({ part, count }) => count === 0 && parts.includes(part));
  if (lacking.length === 0) return;
  const others = ['another ATTRIBUTE', ...(articleHelps(data, parts) ? ['SPLIT=article'] : [])];
  throw new InputError({
    where: `ATTRIBUTE=${data.attribute}`,
    found: `${lacking.map((row) => describeLack(data, row)).join(', ')} (split: ${data.split})`,
    expected: 'photos of both classes in each part, to learn them and to judge what was learned',
    remedy: `Set ${others.join(' or ')}, or add photos`,
  });
}

/** Rows of each class that the article's split needs; where photos are missing, it may still leave a part without any. */
export function hasRowsForArticle({ classNames, photos, missing }: Dataset): boolean {
  const counts = classNames.map(() => 0);
  for (const { label } of [...photos, ...missing]) counts[label]++;
  return counts.every((count) => count >= FEWEST_ROWS);
}

// A draw wouldn't help: it gives each part as many photos of each class as it had. What the training part lacks is refused
// when the dataset is opened, before any split.
function articleHelps(data: Dataset, parts: readonly Part[]): boolean {
  if (data.split === 'article' || parts.length < PARTS.length || !hasRowsForArticle(data)) return false;
  return countClasses(articleSplit(data)).every(({ count }) => count > 0);
}

function describeLack({ photos }: Dataset, { part, class: name }: PartClassCount): string {
  const inPart = photos.filter((photo) => photo.part === part).length;
  return `0 of ${withCount(inPart, `${part} photo`)} labelled ${name}`;
}
