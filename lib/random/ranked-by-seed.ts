/** A random order of named things in which each keeps its place when others come or go. */

/**
 * Orders items by a hash of the seed and their names. A new item takes some place in between and moves no other past
 * another, so a split by rank hardly changes when a photo is added; `shuffled` would mix all of them anew.
 * @param items any values
 * @param seed  a whole number
 * @param name  what an item is called; no two alike
 * @returns     a new array
 */
export function rankedBySeed<T>(items: readonly T[], seed: number, name: (item: T) => string): T[] {
  const ranked = items.map((item) => ({ item, name: name(item), rank: hash(`${seed}/${name(item)}`) }));
  return ranked.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1)).map(({ item }) => item);
}

// FNV-1a over the UTF-16 units, then MurmurHash3's finalizer: FNV alone hardly mixes the last digits of a file name.
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
