/** Whether a path lies in a folder, by its words alone. */

import { isAbsolute, relative, sep } from 'node:path';

/**
 * Links aren't followed, and nothing need be there.
 * @param path   absolute
 * @param folder absolute; lies in itself
 * @example      isInside('/photos/..cats/1.jpg', '/photos') // true
 */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}
