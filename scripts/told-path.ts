/** Paths as commands tell them. */

import { relative } from 'node:path';
import { isInside, projectPath } from 'celeba-lab/dist/project';

/**
 * Elsewhere it is whole, unlike what notebooks show: people take it from the terminal into their next command.
 * @param path absolute
 * @returns    a path inside the project from the project's folder on; another one whole
 */
export function toldPath(path: string): string {
  return isInside(path, projectPath()) ? relative(projectPath(), path) : path;
}
