/** The addons, linked by a real compiler. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { MadeUpProject } from './made-up-project';

const COMPILER = '/usr/bin/g++';
const PACKAGE = 'node_modules/@tensorflow/tfjs-node-gpu';

test('in a folder with a comma in its name the addons are linked, with the place of the libraries', async (context) => {
  if (!existsSync(COMPILER)) return context.skip(`needs ${COMPILER}`);
  const project = new MadeUpProject(context, undefined, 'a, b');
  await project.setUp();
  // What the stand-in for npm doesn't install; as sources that changed, they are compiled now.
  for (const name of ['tfjs_backend.cc', 'tfjs_binding.cc']) project.write(`${PACKAGE}/binding/${name}`, '// empty');
  project.addScript('g++', `PATH=/usr/bin:/bin exec ${COMPILER} "$@"`);
  const { code, stderr } = await project.setUp();
  assert.equal(code, 0, stderr);
  const addon = readFileSync(project.path(PACKAGE, 'lib/napi-v8/decode_jpeg.node'), 'latin1');
  assert.match(addon, /\/a, b\/\.venv\/lib\/python3\.12\/site-packages\/tensorflow\0/);
});
