/** Paths inside the project, and those that a user gives, whatever folder a notebook or command was started in. */

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

/**
 * An absolute path from one that the user gave. npm starts commands in the project's folder and keeps where the user was in
 * INIT_CWD; without it, such as in a kernel that nobody started by npm, a path begins at the project's folder.
 * @param given relative or absolute; `.` gives the folder where the user was
 * @param env   usually `process.env`
 * @example     usersPath('faces', { INIT_CWD: '/home/me' }) // '/home/me/faces'
 */
export function usersPath(given: string, env: Record<string, string | undefined>): string {
  return resolve(env.INIT_CWD || ROOT, given);
}
