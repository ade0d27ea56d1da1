/** Whether a file that was made once is still there with something in it: a crash or a full disk leaves some empty. */

import fs from 'node:fs';

/** True where there is no such file, or one without a byte. */
export function isLost(file) {
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size;
  return size === undefined || size === 0;
}
