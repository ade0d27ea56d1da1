/** Refuses what can't count anything: fractions, NaN, numbers below the least. */

import { InputError } from './errors';

/**
 * Checks a number of things.
 * @param where what it is called, such as `batchSize`
 * @param value as it was given
 * @param least the smallest that makes sense; default 1
 * @throws      InputError where it is no whole number, or below that
 */
export function checkCount(where: string, value: number, least = 1): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new InputError({
    where,
    found: String(value),
    expected: `a whole number, ${least} or more`,
    remedy: `Change ${where}`,
  });
}
