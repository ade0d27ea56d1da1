/** Where a run's page goes, so that it replaces neither another part's page nor one of photos that were answered earlier. */

import { join, parse } from 'node:path';
import { files } from 'celeba-lab';
import type { Shard } from './shard';

/** How many photos a run answers, and how many were answered before. */
export interface SheetPhotos {
  missing: number;
  done: number;
}

/**
 * The page of one of several parts, which all are given the same --sheet: with the part's number, from 0, in its name.
 * @param sheet absolute path, as asked for
 * @example     sheetOfPart('/a/sheet.html', { index: 3, count: 8 }) // '/a/sheet-part-3.html'
 */
export function sheetOfPart(sheet: string, shard: Shard | undefined): string {
  if (shard === undefined || shard.count === 1) return sheet;
  const { dir, name, ext } = parse(sheet);
  return join(dir, `${name}-part-${shard.index}${ext}`);
}

/**
 * Chooses the page's file.
 * @param sheet absolute path, as asked for, or as `sheetOfPart` gives it
 * @param say   tells the user where it is another one than asked for
 * @returns     undefined where the page that is there is left alone
 */
export async function sheetPlace(
  sheet: string,
  { missing, done }: SheetPhotos,
  say: (line: string) => void,
): Promise<string | undefined> {
  if (!(await files.exists(sheet))) return sheet;
  if (missing === 0) {
    say(`${sheet} is left as it is: no photo was left to answer.`);
    return undefined;
  }
  if (done === 0) return sheet;
  const other = await freePlace(sheet);
  say(`${sheet} is left as it is, with photos of an earlier run; those of this run are in ${other}.`);
  return other;
}

/** sheet.html, sheet-2.html, sheet-3.html: the first from 2 on that isn't there. */
async function freePlace(sheet: string): Promise<string> {
  const { dir, name, ext } = parse(sheet);
  for (let number = 2; ; number++) {
    const place = join(dir, `${name}-${number}${ext}`);
    if (!(await files.exists(place))) return place;
  }
}
