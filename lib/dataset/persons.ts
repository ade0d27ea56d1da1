/** Who is in the photos, where the dataset tells: how many photos a person has, and who is in two parts. */

import { selectPhotos, type SelectOptions } from './select';
import { availableSplits, inSplit } from './split';
import { PARTS, type Dataset, type Part, type Photo, type SplitName } from './types';

/** Persons with the same number of photos. */
export interface PersonCount {
  /** Photos of one person. */
  photos: number;
  /** Persons with so many. */
  persons: number;
}

/** How many photos of a part show a person who is in training, too. */
export interface IdentityLeak {
  /** Of validation or test. */
  part: Exclude<Part, 'train'>;
  /** Photos of that part whose person is known. */
  photos: number;
  /** Those whose person is in training, too. */
  shared: number;
  /** The same in percent, one decimal; 0 where there is no photo. */
  percent: number;
}

/** The leak of one split. */
export interface SplitLeak {
  /** Which split. */
  split: SplitName;
  /** Training photos. */
  train: number;
  /** Validation photos. */
  validation: number;
  /** Validation photos that show a person of training. */
  validationShared: number;
  /** Test photos. */
  test: number;
  /** Test photos that show a person of training. */
  testShared: number;
}

/**
 * Counts persons by how many photos they have.
 * @param photos those without a known person are left out
 * @returns      a row for each number of photos that occurs, in order; none where nobody is known
 * @example      photosPerPerson(data.photos) // [{ photos: 1, persons: 44 }, { photos: 2, persons: 57 }, ...]
 */
export function photosPerPerson(photos: readonly Photo[]): PersonCount[] {
  const ofPerson = new Map<number, number>();
  for (const { identity } of photos)
    if (identity !== undefined) ofPerson.set(identity, (ofPerson.get(identity) ?? 0) + 1);
  const persons = new Map<number, number>();
  for (const count of ofPerson.values()) persons.set(count, (persons.get(count) ?? 0) + 1);
  return [...persons].sort(([a], [b]) => a - b).map(([count, many]) => ({ photos: count, persons: many }));
}

/**
 * How many validation and test photos show somebody whom training shows, too: a network may know them again, which
 * flatters its accuracy.
 * @param photos with their parts; those without a known person are left out
 * @returns      one row for validation, one for test
 * @example      identityLeak(data.photos) // [{ part: 'validation', photos: 72, shared: 0, percent: 0 }, ...]
 */
export function identityLeak(photos: readonly Photo[]): IdentityLeak[] {
  const trained = new Set<number>();
  for (const { part, identity } of photos) if (part === 'train' && identity !== undefined) trained.add(identity);
  return (['validation', 'test'] as const).map((part) => {
    const known = photos.filter((photo) => photo.part === part && photo.identity !== undefined);
    const shared = known.filter(({ identity }) => trained.has(identity as number)).length;
    const percent = known.length === 0 ? 0 : Math.round((1000 * shared) / known.length) / 10;
    return { part, photos: known.length, shared, percent };
  });
}

/**
 * The leak of each split that the dataset can be given, in a run of a given size.
 * @param data  a dataset as it was opened, in its own split
 * @param sizes photos of each part at most, and the seed; as `readSettings` returns them
 * @returns     a row a split, its own first; none where nobody in the photos is known
 */
export function leakBySplit(data: Dataset, sizes: SelectOptions): SplitLeak[] {
  if (!data.photos.some(({ identity }) => identity !== undefined)) return [];
  return availableSplits(data).map((split) => {
    const { photos } = selectPhotos(inSplit(data, split, sizes.seed), sizes);
    const [train, validation, test] = PARTS.map((name) => photos.filter(({ part }) => part === name).length);
    const [inValidation, inTest] = identityLeak(photos);
    return { split, train, validation, validationShared: inValidation.shared, test, testShared: inTest.shared };
  });
}
