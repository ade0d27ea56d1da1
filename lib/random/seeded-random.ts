/** A source of random numbers that a seed fixes. */

/**
 * Random numbers by mulberry32: whole-number operations and one division, so that every machine draws the same.
 * Not for secrets, and not for more than some billions of draws: its period is 2^32.
 * @param seed a whole number; its lowest 32 bits count
 * @returns    a function; each call gives the next number in [0, 1)
 * @source     Tommy Ettinger's mulberry32, public domain
 * @example    seededRandom(1)() // 0.6270739405881613
 */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
