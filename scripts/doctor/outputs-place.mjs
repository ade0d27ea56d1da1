/** Which folders can't take results: the rule of lib/project/outputs-place.ts, for when lib/ isn't compiled; a test holds the two together. */

import fs from 'node:fs';
import path from 'node:path';

const SOURCES = ['notebooks', 'lib', 'scripts', 'tests'];

/**
 * Where a folder lies among the project's sources. Links count as what they lead to.
 * @param outputs absolute path; it may not be there yet
 * @param root    the project's folder
 * @returns       a few words, or undefined where it may take results
 * @example       placeAmongSources('/project/lib/new', '/project') // "a folder in the project's lib/"
 */
export function placeAmongSources(outputs, root) {
  const [folder, project] = [outputs, root].map(realPlace);
  if (folder === project) return "the project's own folder";
  const source = SOURCES.find((name) => isInside(folder, path.join(project, name)));
  return source === undefined ? undefined : `a folder in the project's ${source}/`;
}

/** A path with links followed, as far as it leads to something. */
function realPlace(place) {
  try {
    return fs.realpathSync(place);
  } catch (error) {
    const above = path.dirname(place);
    if (above === place) throw error;
    return path.join(realPlace(above), path.basename(place));
  }
}

function isInside(place, folder) {
  return path.relative(folder, place).split(path.sep)[0] !== '..';
}
