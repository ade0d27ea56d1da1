/** Whether a model and a dataset belong together. */

import { splitDigest } from '../dataset/split-digest';
import type { Dataset } from '../dataset/types';
import { InputError } from '../errors';
import type { ClassifierDescription } from '../model/classifier-description';

/**
 * Refuses to judge a model by photos of another data set, attribute or split: of another split, also one drawn with another
 * seed or sorted otherwise, some may be among those it was trained on. The outputs' order is part of the comparison.
 * @param trained description of the model
 * @param tested  the dataset, opened with the settings of this run
 * @throws        InputError naming the first thing that differs
 */
export function checkSameData(
  trained: Pick<ClassifierDescription, 'classNames' | 'attribute' | 'datasetName' | 'split' | 'splitDigest'>,
  tested: Pick<Dataset, 'kind' | 'classNames' | 'attribute' | 'name' | 'split' | 'photos'>,
): void {
  const pairs: [what: string, trained: string | undefined, tested: string][] = [
    ['data set', trained.datasetName, tested.name],
    ['label', trained.attribute, tested.attribute],
    ['classes', trained.classNames.join(', '), tested.classNames.join(', ')],
    ['split', trained.split, tested.split],
  ];
  for (const [what, found, expected] of pairs) {
    if (found !== undefined && found !== expected) throw otherData(`${what} ${found}`, `${expected}, as in this run`);
  }
  // CelebA's own split has each photo in its place, however many of them are there; folders can be sorted anew.
  if (tested.kind === 'celeba' && trained.split === 'official') return;
  if (trained.splitDigest === undefined) return;
  if (trained.splitDigest !== splitDigest(tested.photos))
    throw otherData(
      'a split drawn with another SEED, or with photos added, moved or taken away',
      'the one of this run',
    );
}

function otherData(found: string, expected: string): InputError {
  return new InputError({
    where: 'the trained model',
    found: found,
    expected: expected,
    remedy: 'Train on this data first (notebook 3), or set DATASET, ATTRIBUTE, SPLIT and SEED as they were then',
  });
}
