/** Interval for the share of photos classified correctly, sound also near 0 and 1. */

import { InputError } from '../errors';

/**
 * Wilson score interval for `hits` right out of `n`.
 * @param hits  photos classified correctly, 0 to n
 * @param n     photos in all, at least 1
 * @param level confidence, in (0, 1); default 0.95
 * @returns     [low, high], shares in [0, 1]
 * @throws      InputError if n < 1, hits is outside 0..n or level is outside (0, 1)
 * @source      E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212
 * @example     wilsonInterval(982, 1000) // [0.972, 0.989]
 */
export function wilsonInterval(hits: number, n: number, level = 0.95): [number, number] {
  check('n', n, Number.isSafeInteger(n) && n >= 1, 'a whole number above 0', 'Give the number of photos tested');
  check('hits', hits, Number.isSafeInteger(hits) && hits >= 0 && hits <= n, `0 to ${n}`, 'Count the correct photos');
  check('level', level, level > 0 && level < 1, 'a share between 0 and 1', 'Give 0.95 for 95 %');
  const z = normalQuantile((1 + level) / 2);
  const share = hits / n;
  const shrink = 1 + (z * z) / n;
  const center = (share + (z * z) / (2 * n)) / shrink;
  const half = (z / shrink) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  // At the ends the formula gives 0 and 1 but for rounding.
  return [hits === 0 ? 0 : center - half, hits === n ? 1 : center + half];
}

/** The z that a standard normal variable stays below with `probability`, 0.5 or more; Newton's method rises to it from 0. */
function normalQuantile(probability: number): number {
  let z = 0;
  for (let step = 0; step < 100; step++) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const change = (probability - normalBelow(z, density)) / density;
    z += change;
    if (Math.abs(change) < 1e-13) break;
  }
  return z;
}

/**
 * Share of a standard normal variable below z, 0 or more.
 * @source G. Marsaglia, J. Stat. Software 11 (2004), 4: 1/2 + density * (z + z^3/3 + z^5/(3*5) + ...)
 */
function normalBelow(z: number, density: number): number {
  let sum = 0;
  let term = z;
  for (let odd = 3; sum + term !== sum; odd += 2) {
    sum += term;
    term *= (z * z) / odd;
  }
  return 0.5 + density * sum;
}

function check(where: string, value: number, holds: boolean, expected: string, remedy: string): void {
  if (!holds) throw new InputError({ where, found: String(value), expected, remedy });
}
