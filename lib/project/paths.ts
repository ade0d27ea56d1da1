/** Paths inside the project, whatever folder a notebook or command was started in. */

import { join, resolve } from 'node:path';

// This file is compiled to lib/dist/project, three folders below the project's root.
const ROOT = resolve(__dirname, '..', '..', '..');

/**
 * An absolute path inside the project folder.
 * @param parts names below the project's root; none gives the root itself
 * @example projectPath('outputs', 'report.json') // '<project>/outputs/report.json'
 */
export function projectPath(...parts: string[]): string {
  return join(ROOT, ...parts);
}
