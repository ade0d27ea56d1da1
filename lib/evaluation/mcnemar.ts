/** Compares two models on the same photos: only those that one got right and the other wrong tell them apart. */

import { checkCount } from '../check-count';
import { InputError } from '../errors';
import { wilsonInterval } from './interval';

/** What two models did on the same photos. */
export interface PairedComparison {
  /** Photos. */
  n: number;
  /** Right in the first and wrong in the second. */
  onlyFirst: number;
  /** Wrong in the first and right in the second. */
  onlySecond: number;
  /** Accuracy of the second less that of the first, -1 to 1. */
  difference: number;
  /** Its 95 % interval. */
  interval: [number, number];
  /** Chance of a split at least as uneven if neither were better, 0 to 1; McNemar's exact test, two-sided. */
  pValue: number;
}

/**
 * McNemar's exact test and an interval for the difference of two accuracies on the same photos.
 * @param labels class index of each photo, at least one
 * @param first  what the first model answered, in the same order
 * @param second what the second model answered, in the same order
 * @throws       InputError where the lengths differ or there is no photo
 * @source       test: Q. McNemar, Psychometrika 12 (1947), 153-157, in its exact binomial form;
 *               interval: R. G. Newcombe, Statistics in Medicine 17 (1998), 2635-2650, method 10: Wilson's intervals
 *               without a continuity correction, the correlation with one
 * @example      comparePaired([0, 1, 1], [0, 0, 1], [0, 1, 1]).pValue // 1: one photo says nothing
 */
export function comparePaired(
  labels: readonly number[],
  first: readonly number[],
  second: readonly number[],
): PairedComparison {
  const n = labels.length;
  if (n === 0 || first.length !== n || second.length !== n) {
    throw new InputError({
      where: 'comparePaired',
      found: `${n} labels, ${first.length} and ${second.length} answers`,
      expected: 'as many answers of each model as labels, and at least one',
      remedy: 'Let both models answer the same photos in the same order',
    });
  }
  const right = (answers: readonly number[], i: number): boolean => answers[i] === labels[i];
  const count = (a: boolean, b: boolean): number =>
    labels.filter((_, i) => right(first, i) === a && right(second, i) === b).length;
  const [both, onlyFirst, onlySecond] = [count(true, true), count(true, false), count(false, true)];
  const neither = n - both - onlyFirst - onlySecond;
  return {
    n,
    onlyFirst,
    onlySecond,
    difference: (onlySecond - onlyFirst) / n,
    interval: differenceInterval({ both, onlyFirst, onlySecond, neither }),
    pValue: exactMcNemar(onlyFirst, onlySecond),
  };
}

/**
 * The two-sided p-value of McNemar's exact test.
 * @param onlyFirst  photos right in the first model only
 * @param onlySecond photos right in the second only
 * @throws           InputError where one is no whole number from 0
 * @example          exactMcNemar(1, 9) // 0.0215
 */
export function exactMcNemar(onlyFirst: number, onlySecond: number): number {
  checkCount('onlyFirst', onlyFirst, 0);
  checkCount('onlySecond', onlySecond, 0);
  const n = onlyFirst + onlySecond;
  // Terms of the binomial distribution of n coins, from none upwards; logarithms, since 2^-n is 0 for many photos.
  let logTerm = -n * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log((n - k) / (k + 1));
  }
  return Math.min(1, 2 * tail);
}

interface Table {
  both: number;
  onlyFirst: number;
  onlySecond: number;
  neither: number;
}

/** Newcombe's square-and-add: the Wilson intervals of both accuracies, joined with the correlation of the answers. */
function differenceInterval({ both, onlyFirst, onlySecond, neither }: Table): [number, number] {
  const n = both + onlyFirst + onlySecond + neither;
  const [first, second] = [(both + onlyFirst) / n, (both + onlySecond) / n];
  const [firstLow, firstHigh] = wilsonInterval(both + onlyFirst, n);
  const [secondLow, secondHigh] = wilsonInterval(both + onlySecond, n);
  const margins = (both + onlyFirst) * (onlySecond + neither) * (both + onlySecond) * (onlyFirst + neither);
  // Models that agree everywhere on a few photos needn't do so on all others: a correlation above 0 is taken for smaller.
  const agreement = both * neither - onlyFirst * onlySecond;
  const corrected = agreement > 0 ? Math.max(0, agreement - n / 2) : agreement;
  const phi = margins === 0 ? 0 : corrected / Math.sqrt(margins);
  // Never below 0 but by rounding, where phi is 1 and both sides are equal.
  const joined = (a: number, b: number): number => Math.sqrt(Math.max(0, a * a - 2 * phi * a * b + b * b));
  const difference = second - first;
  return [
    difference - joined(second - secondLow, firstHigh - first),
    difference + joined(secondHigh - second, first - firstLow),
  ];
}
