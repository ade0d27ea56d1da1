/** Exactly the photos of the article, from the tables; no file is moved. */

import { InputError } from '../errors';
import { NumpyRandom } from '../random';
import { withCount } from './describe';
import type { Dataset, Part, Photo } from './types';

const USED = 20_000;
const TESTED = 500;
const VALIDATION_SHARE = 0.2;
// The article's seed: scikit-learn's random_state.
const RANDOM_STATE = 0;

/** The fewest rows of a class that can be divided: one each to train, validate and test. */
export const FEWEST_ROWS = 3;

/**
 * The article's split, from rows in the table's order. Of each class, the last 500 are for testing; the first 20,000 are
 * shuffled as scikit-learn's `train_test_split(test_size=0.2, random_state=0)` does, the first fifth for validation and
 * the rest for training. CelebA so gives 32,000 + 8,000 + 1,000 photos.
 * Where a class has fewer than 2,500 rows, its last fifth is for testing; where it has fewer than 20,500, all others are
 * for training and validation. Rows whose files are missing keep their places, so that no other photo moves.
 * @param data any dataset; where photos are missing, its table must be in the order of the photos' names, as CelebA's is
 * @returns    its photos that the article used, in their order, with their parts
 * @throws     InputError where a class has fewer than three rows
 * @source     github.com/njermain/GenderID-ConvNet; sklearn/model_selection/_split.py (ShuffleSplit)
 */
export function articleSplit(data: Dataset): Dataset {
  const rows = data.missing.length === 0 ? data.photos : [...data.photos, ...data.missing].sort(byName);
  const partOf = new Map<Photo, Part>();
  data.classNames.forEach((name, label) => {
    const ofClass = rows.filter((photo) => photo.label === label);
    if (ofClass.length < FEWEST_ROWS) throw tooFew(data, name, ofClass.length);
    articleParts(ofClass.length).forEach((part, i) => part !== undefined && partOf.set(ofClass[i], part));
  });
  const used = (photos: Photo[]): Photo[] =>
    photos.flatMap((photo) => {
      const part = partOf.get(photo);
      return part === undefined ? [] : [{ ...photo, part }];
    });
  return { ...data, photos: used(data.photos), missing: used(data.missing) };
}

/**
 * The part of each row of one class.
 * @param count rows of the class, at least 3
 * @returns     a part a row, undefined for a row that the article didn't use
 */
export function articleParts(count: number): (Part | undefined)[] {
  const testCount = Math.max(1, Math.min(TESTED, Math.floor(count / 5)));
  const usedCount = Math.min(USED, count - testCount);
  const validationCount = Math.ceil(VALIDATION_SHARE * usedCount);
  const parts = new Array<Part | undefined>(count).fill(undefined);
  const order = new NumpyRandom(RANDOM_STATE).permutation(usedCount);
  order.forEach((row, rank) => (parts[row] = rank < validationCount ? 'validation' : 'train'));
  return parts.fill('test', count - testCount);
}

function byName(a: Photo, b: Photo): number {
  return a.name < b.name ? -1 : 1;
}

function tooFew({ kind, folder, attribute }: Dataset, name: string, count: number): InputError {
  const isColumn = kind === 'celeba';
  return new InputError({
    where: isColumn ? `ATTRIBUTE=${attribute}` : folder,
    found: `${withCount(count, 'photo')} of class ${name}`,
    expected: 'at least 3 of each class, one each to train, validate and test',
    remedy: isColumn ? 'Set another ATTRIBUTE, leave SPLIT out, or add photos' : 'Add photos, or leave SPLIT out',
  });
}
