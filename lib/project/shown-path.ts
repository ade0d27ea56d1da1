/** Paths as messages and tables show them. */

import { isAbsolute, relative } from 'node:path';
import { isInside } from './is-inside';
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
  const start = isInside(path, projectPath()) ? projectPath() : process.cwd();
  return relative(start, path).replaceAll('\\', '/') || '.';
}
