/** lib/ compiled, and what it does with TensorFlow and charts on this machine. */

import fs from 'node:fs';
import path from 'node:path';
import { broken, doubtful, fine, remake } from './outcome.mjs';
import { probe } from './run-probe.mjs';

export const libraryChecks = [
  { name: 'lib', title: 'lib/', needs: ['packages'], run: checkLibrary },
  { name: 'tensorflow', title: 'TensorFlow', needs: ['addon-link', 'addon-load', 'lib'], run: checkTensorFlow },
  { name: 'device', title: 'Device', needs: ['tensorflow'], run: checkDevice },
  { name: 'chart', title: 'Charts', needs: ['packages', 'lib'], run: checkChart },
];

function checkLibrary({ project, steps }) {
  const cure = remake(steps.lib, 'lib/dist');
  const why = steps.lib.why();
  if (why !== undefined) return broken(why, cure);
  const lost = sources(project).filter((file) => !fs.existsSync(compiled(project, file)));
  const count = lost.length === 1 ? '1 file of lib/dist is' : `${lost.length} files of lib/dist are`;
  if (lost.length > 0) return broken(`${count} missing, such as ${lost[0].replace(/\.ts$/, '.js')}`, cure);
  return fine(`compiled and up to date, ${sources(project).length} files`);
}

function sources(project) {
  const files = fs.readdirSync(project.path('lib'), { recursive: true });
  return files.filter((file) => file.endsWith('.ts') && !/^(dist|node_modules)\//.test(file));
}

function compiled(project, file) {
  return project.path('lib', 'dist', file.replace(/\.ts$/, '.js'));
}

async function checkTensorFlow(context) {
  const { answer, fault } = await tryTensorFlow(context);
  if (fault) return broken(fault, 'rm -rf .setup/addon.json && npm run setup');
  return fine(`${answer.version}, a 512 x 512 matrix product is right, ${Math.round(answer.gigaflops)} GFLOP/s`);
}

async function checkDevice(context) {
  const { answer, fault } = await tryTensorFlow(context);
  if (fault) return broken(fault, 'npm run doctor');
  if (answer.note === undefined) return fine(answer.line);
  const [reason, ...cure] = answer.note.split(/(?<=[^.]\.) /);
  return doubtful(`${answer.line}. ${reason}`, cure.join(' '));
}

// Two checks, one start of TensorFlow.
function tryTensorFlow(context) {
  return (context.tensorflow ??= probe(context.project, 'tensorflow'));
}

async function checkChart({ project }) {
  const { answer, fault } = await probe(project, 'chart');
  return answer ? fine(answer) : broken(fault, `rm -rf node_modules ${path.join('lib', 'dist')} && npm run setup`);
}
