/** Paths as commands tell them. */

import { isAbsolute, relative } from 'node:path';
import { projectPath } from 'celeba-lab/dist/project';

/**
 * Elsewhere it is whole, unlike what notebooks show: people take it from the terminal into their next command.
 * @param path absolute
 * @returns    a path inside the project from the project's folder on; another one whole
 */
export function toldPath(path: string): string {
  const inside = relative(projectPath(), path);
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}
