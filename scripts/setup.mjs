/**
 * Sets up what is missing, inside the project folder only. Plain JavaScript: it runs before anything is installed.
 *   node scripts/setup.mjs                   quiet where nothing is missing
 *   node scripts/setup.mjs --status          and then says what is in place
 *   node scripts/setup.mjs --check packages  changes nothing; fails where that step isn't done
 */

import { oldNodeMessage } from './setup/node-version.mjs';

const message = oldNodeMessage(process.versions.node);
if (message === undefined) {
  // Not imported at the top: an old Node would read it, and fail, before it comes to the line above.
  import('./setup/main.mjs').then(({ main }) => main(process.argv.slice(2)));
} else {
  process.exitCode = 1;
  process.stderr.write(`${message}\n`);
}
