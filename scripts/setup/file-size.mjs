/** How large a file is, where it is: one that a crash or a full disk left empty or cut short is known by that. */

import fs from 'node:fs';

/** Bytes of a file; undefined where there is none. */
export function sizeOf(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.size;
}
