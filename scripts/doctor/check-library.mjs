/** lib/ compiled, and what it does with TensorFlow and charts on this machine. */

import path from 'node:path';
import { librarySources } from '../setup/library.mjs';
import { broken, doubtful, fine } from './outcome.mjs';
import { probe } from './run-probe.mjs';

export const libraryChecks = [
  { name: 'lib', title: 'lib/', needs: ['packages'], run: checkLibrary },
  { name: 'tensorflow', title: 'TensorFlow', needs: ['addon-link', 'addon-load', 'lib'], run: checkTensorFlow },
  { name: 'device', title: 'Device', needs: ['tensorflow'], run: checkDevice },
  { name: 'chart', title: 'Charts', needs: ['packages', 'lib'], run: checkChart },
];

function checkLibrary({ project, steps }) {
  const why = steps.lib.why();
  if (why !== undefined) return broken(why, 'npm run setup');
  return fine(`compiled and up to date, ${librarySources(project).length} files`);
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
