/** What .venv is made from, and which TensorFlow build is in it: as its stamp says. */

import fs from 'node:fs';
import { hashOf, hashOfFiles, openStamp } from './stamp.mjs';

/** TensorFlow's builds, as TENSORFLOW and the requirements files name them. */
export const BUILDS = ['cpu', 'cuda'];

/** The requirements, the build, and the folder, whose path stands in .venv's scripts. */
export function pythonKey(project, build) {
  return hashOf(project.root, build, hashOfFiles(project, ['requirements.txt', `requirements-${build}.txt`]));
}

/**
 * @returns 'cpu' or 'cuda', also where .venv is to be made anew for another reason or its making was cut off; undefined where
 *          it isn't there
 */
export function installedBuild(project) {
  if (!fs.existsSync(project.path('.venv'))) return undefined;
  return openStamp(project, 'python').readAll().build;
}
