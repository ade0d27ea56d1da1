/** A random order that a seed fixes. */

import { seededRandom } from './seeded-random';

/**
 * The same items in a random order; the given array stays as it is.
 * @param items any values
 * @param seed  a whole number
 * @returns     a new array, each order as likely as the others
 * @source      R. Durstenfeld, Algorithm 235: Random permutation, Comm. ACM 7 (1964), 420
 * @example     shuffled([1, 2, 3, 4], 1) // [4, 2, 1, 3]
 */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
