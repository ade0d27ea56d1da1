/** Names that somebody may have meant. */

/**
 * The names that differ least from the one given, by the letters to insert, delete or change, whatever their case.
 * @param wanted the name that wasn't found
 * @param names  those that exist
 * @param count  how many to return at most; default 3
 * @returns      the nearest first; names as near as each other stay in their order
 * @source       V. I. Levenshtein, Soviet Physics Doklady 10 (1966), 707-710
 * @example      nearestNames('smilling', ['Male', 'Smiling', 'Young'], 1) // ['Smiling']
 */
export function nearestNames(wanted: string, names: readonly string[], count = 3): string[] {
  const ranked = names.map((name) => ({ name, distance: editDistance(wanted.toLowerCase(), name.toLowerCase()) }));
  return ranked
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, change);
    }
  }
  return row[b.length];
}
