/** Where the user wants a dataset from: --from and --source, checked before anything is asked or fetched. */

import { resolve } from 'node:path';
import { InputError } from 'celeba-lab/dist/errors';
import type { CatalogEntry } from './catalog';

/** Where to look; without either, at all of the catalog's sources. */
export interface WhereFrom {
  /** A mirror's address, or the absolute path of a folder or archive. */
  from?: string;
  /** Only the source with this key. */
  only?: string;
}

/** The options as they were typed. */
export interface TypedPlace {
  from?: string;
  source?: string;
}

/** Whether a place is on the network. */
export function isAddress(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

/**
 * @param userFolder where a relative path begins
 * @throws           InputError where the dataset has no such source, the address is none, or both options are given
 */
export function readWhereFrom(
  { from, source }: TypedPlace,
  { sources }: Pick<CatalogEntry, 'sources'>,
  userFolder: string,
): WhereFrom {
  const keys = sources.map(({ key }) => key);
  if (source !== undefined && !keys.includes(source)) {
    const remedy = 'Give one of these, or leave it out';
    throw new InputError({ where: '--source', found: `"${source}"`, expected: keys.join(' or '), remedy });
  }
  if (from === undefined) return { only: source };
  if (source !== undefined) {
    const remedy = 'Leave one of them out';
    throw new InputError({ where: '--source', found: `"${source}" beside --from`, expected: 'one of the two', remedy });
  }
  if (!isAddress(from)) return { from: resolve(userFolder, from) };
  if (URL.canParse(from)) return { from };
  throw new InputError({
    where: '--from',
    found: `"${from}"`,
    expected: 'an address with a host, such as http://host/folder/',
    remedy: 'Correct it, or give a folder or a zip archive',
  });
}
