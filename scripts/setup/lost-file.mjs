/** Whether a file that was made once is still there as it was: a crash or a full disk leaves some empty or cut short. */

import fs from 'node:fs';

/** Bytes of a file; undefined where there is none. */
export function sizeOf(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.size;
}

/** True where there is no such file, or one without a byte. */
export function isLost(file) {
  return !sizeOf(file);
}
