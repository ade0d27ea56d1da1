/** What may stand beside a photo's name in CelebA's tables. */

import type { PairRule } from './parse-pairs';
import type { Part } from './types';

/** What 0, 1 and 2 stand for in list_eval_partition: the official split, in which no person is in two parts. */
export const PARTS: readonly Part[] = ['train', 'validation', 'test'];

/** What list_eval_partition holds beside each name. */
export const PARTITION: PairRule = {
  expected: '0 (train), 1 (validation) or 2 (test)',
  accepts: (value) => value in PARTS,
};

/** What identity_CelebA holds beside each name: who is in the photo, as a number without a name. */
export const IDENTITIES: PairRule = { expected: 'the number of a person', accepts: (value) => value < 2 ** 31 };
