/** npm run doctor: a line for each part of the project, with the cure for what is broken. Plain JavaScript: it must run when nothing else does. */

import { onNewNode } from './setup/node-version.mjs';

onNewNode(() => import('./doctor/main.mjs').then(({ main }) => main()));
