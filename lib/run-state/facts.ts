/** What a training depends on, and what of it has changed since it was cut off. */

/** Settings, recipe, data and versions by name; nested objects are compared part by part. */
export type RunFacts = Record<string, unknown>;

// Enough to see what happened; a run with other photos and settings differs in a dozen.
const MOST_NAMED = 3;
const LONGEST_VALUE = 40;
// The checksum of a training's photos, `photos.photosDigest`: two of them tell a reader nothing.
const PHOTOS = 'photos';
const PHOTOS_CHANGED =
  'The photos or their labels are others: DATASET, ATTRIBUTE, SPLIT, TRAIN and VALID decide which are taken';

/**
 * Names what differs between two sets of facts. Of other `photos` it says what decides which they are.
 * @param before facts of the unfinished run
 * @param now    facts of this one
 * @returns      a few words without the last full stop, or undefined where nothing differs
 * @example      changedFacts({ SEED: 1, BATCH: 12 }, { SEED: 2, BATCH: 12 }) // 'SEED was 1 and is 2'
 */
export function changedFacts(before: RunFacts, now: RunFacts): string | undefined {
  const [old, current] = [flat(before), flat(now)];
  const names = [...new Set([...old.keys(), ...current.keys()])];
  const changed = names.filter((name) => old.get(name) !== current.get(name));
  if (changed.length === 0) return undefined;
  const otherPhotos = changed.includes(PHOTOS) && old.has(PHOTOS) && current.has(PHOTOS);
  const values = changed.filter((name) => !otherPhotos || name !== PHOTOS);
  const named = values
    .slice(0, MOST_NAMED)
    .map((name) => `${name} was ${shown(old.get(name))} and is ${shown(current.get(name))}`);
  const more = values.length - named.length;
  const sentences = named.length > 0 ? [named.join(', ') + (more > 0 ? ` (and ${more} more)` : '')] : [];
  return [...sentences, ...(otherPhotos ? [PHOTOS_CHANGED] : [])].join('. ');
}

/** `{ recipe: { name: 'article' } }` as `recipe.name` -> `article`. */
function flat(facts: RunFacts, prefix = ''): Map<string, string> {
  const entries = Object.entries(facts).flatMap(([name, value]): [string, string][] => {
    if (value === undefined) return [];
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return [...flat(value as RunFacts, `${prefix}${name}.`)];
    return [[prefix + name, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
  return new Map(entries);
}

function shown(value: string | undefined): string {
  if (value === undefined) return 'not set';
  return value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}...` : value;
}
