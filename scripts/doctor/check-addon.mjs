/** TensorFlow's Node addon: there, loadable by this Node, linked to this project's TensorFlow. */

import fs from 'node:fs';
import { tensorflowFolder } from '../setup/python.mjs';
import { broken, fine, remake } from './outcome.mjs';
import { probe } from './run-probe.mjs';

const ADDON = 'node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node';
const ADDON_NAPI = 8;

export const addonChecks = [
  { name: 'addon', title: 'Addon', needs: ['packages'], run: checkPresence },
  { name: 'addon-link', title: 'Addon, linked', needs: ['addon', 'python-packages'], run: checkLink },
  { name: 'addon-load', title: 'Addon, loaded', needs: ['addon', 'python-packages'], run: checkLoad },
];

function checkPresence({ project, steps }) {
  if (!fs.existsSync(project.path(ADDON))) return broken("TensorFlow's addon isn't compiled", 'npm run setup');
  const why = steps.addon.why();
  if (why !== undefined) return broken(`TensorFlow's addon is ${why}`, 'npm run setup');
  return fine(`compiled, ${Math.round(fs.statSync(project.path(ADDON)).size / 1024)} KiB`);
}

/** The folder of TensorFlow's libraries stands in the addon as text that ends with a zero byte. */
function checkLink({ project, steps }) {
  const wanted = tensorflowFolder(project);
  const text = fs.readFileSync(project.path(ADDON), 'latin1');
  const linked = /\/[^\0]*\/site-packages\/tensorflow(?=\0)/.exec(text)?.[0];
  const cure = remake(steps.addon, ADDON);
  if (linked === undefined) return broken('the addon names no TensorFlow', cure);
  if (!fs.existsSync(linked)) return broken(`the addon needs ${linked}, which isn't there`, cure);
  if (fs.realpathSync(linked) !== fs.realpathSync(wanted))
    return broken(`the addon uses another TensorFlow: ${linked}`, cure);
  return fine("to this project's TensorFlow");
}

async function checkLoad({ project, steps }) {
  const napi = Number(process.versions.napi);
  if (napi < ADDON_NAPI) return broken(`N-API ${napi}, expected ${ADDON_NAPI} or newer`, 'Use Node 20, 22 or 24');
  const { fault, stderr } = await probe(project, 'addon', project.path(ADDON));
  const unlinked = /TensorFlow's library can't be loaded: .*/.exec(stderr)?.[0];
  if (unlinked ?? fault) return broken(unlinked ?? fault, remake(steps.addon, ADDON));
  return fine(`built for N-API ${ADDON_NAPI}, this Node has ${napi}`);
}
