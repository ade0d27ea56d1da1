/** Paths as messages and tables show them. */

import { isAbsolute, relative } from 'node:path';
import { projectPath } from './paths';

/**
 * A path inside the project from its folder on, so that saved notebooks don't tell this machine's paths; one elsewhere as
 * it is reached from the working directory, with nothing cut off.
 * @param path absolute, or relative: then it is shown as it is
 * @returns    forward slashes
 * @example    shownPath(projectPath('outputs', 'model')) // 'outputs/model'
 */
export function shownPath(path: string): string {
  if (!isAbsolute(path)) return path;
  const inside = relative(projectPath(), path);
  const isInside = !inside.startsWith('..') && !isAbsolute(inside);
  return (isInside ? inside : relative(process.cwd(), path)).replaceAll('\\', '/') || '.';
}
