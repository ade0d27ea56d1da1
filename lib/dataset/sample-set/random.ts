/** Random numbers from a name: the same on every machine, whatever else is drawn before or beside. */

import { seededRandom } from '../../random';

/** A source of random values; each call moves it on. */
export interface Random {
  /** A number in [low, high). */
  between(low: number, high: number): number;
  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean;
  /** One of the items, each as likely as the others. */
  choose<T>(items: readonly T[]): T;
  /** One of the keys, each as likely as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** The items in a random order; the given array stays as it is. */
  shuffled<T>(items: readonly T[]): T[];
}

/**
 * A source that is fixed by a name.
 *
 * @param name any text, such as `1/person/17`
 * @source     the name becomes a seed by FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo)
 * @example    randomFrom('1/person/17').between(0, 1) // the same at each call
 */
export function randomFrom(name: string): Random {
  const next = seededRandom(fnv1a(name));
  const below = (count: number): number => Math.floor(next() * count);
  return {
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    choose: (items) => items[below(items.length)],
    weighted: <K extends string>(weights: Readonly<Record<K, number>>): K => {
      const keys = Object.keys(weights) as K[];
      let rest = next() * keys.reduce((sum, key) => sum + weights[key], 0);
      return keys.find((key) => (rest -= weights[key]) < 0) ?? keys[keys.length - 1];
    },
    shuffled: <T>(items: readonly T[]): T[] => {
      const copy = [...items];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [copy[i], copy[j]] = [copy[j], copy[i]];
      }
      return copy;
    },
  };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}
