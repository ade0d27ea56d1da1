/** Chance that a seed fixes: the same numbers and orders on every machine. */

export { NumpyRandom } from './numpy-random';
export { rankedBySeed } from './ranked-by-seed';
export { seededRandom } from './seeded-random';
export { shuffled } from './shuffled';
