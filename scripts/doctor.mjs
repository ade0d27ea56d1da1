/** npm run doctor: a line for each part of the project, with the cure for what is broken. Plain JavaScript: it must run when nothing else does. */

import { oldNodeMessage } from './setup/node-version.mjs';

const message = oldNodeMessage(process.versions.node);
if (message === undefined) {
  // Not imported at the top: an old Node would read it, and fail, before it comes to the line above.
  import('./doctor/main.mjs').then(({ main }) => main());
} else {
  process.exitCode = 1;
  process.stderr.write(`${message}\n`);
}
