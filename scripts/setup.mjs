/**
 * Sets up what is missing, inside the project folder only. Plain JavaScript: it runs before anything is installed.
 *   node scripts/setup.mjs                   quiet where nothing is missing
 *   node scripts/setup.mjs --status          and then says what is in place
 *   node scripts/setup.mjs --check packages  changes nothing; fails where that step isn't done
 */

import { onNewNode } from './setup/node-version.mjs';

onNewNode(() => import('./setup/main.mjs').then(({ main }) => main(process.argv.slice(2))));
