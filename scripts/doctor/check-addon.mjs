/** The Node addons, TensorFlow's and the one that decodes photos: there, loadable by this Node, linked to this project's TensorFlow. */

import fs from 'node:fs';
import path from 'node:path';
import { tensorflowFolder } from '../setup/python.mjs';
import { broken, fine, remake } from './outcome.mjs';
import { probe } from './run-probe.mjs';

const FOLDER = 'node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8';
const ADDON = `${FOLDER}/tfjs_binding.node`;
// Without the second everything works, but photos are decoded six times slower.
const ADDONS = [ADDON, `${FOLDER}/decode_jpeg.node`];
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
  for (const addon of ADDONS) {
    const fault = linkFault(project, addon);
    if (fault !== undefined) return broken(`${path.basename(addon)} ${fault}`, remake(steps.addon, addon));
  }
  return fine("to this project's TensorFlow");
}

function linkFault(project, addon) {
  const text = fs.readFileSync(project.path(addon), 'latin1');
  const linked = /\/[^\0]*\/site-packages\/tensorflow(?=\0)/.exec(text)?.[0];
  if (linked === undefined) return 'names no TensorFlow';
  if (!fs.existsSync(linked)) return `needs ${linked}, which isn't there`;
  if (fs.realpathSync(linked) !== fs.realpathSync(tensorflowFolder(project)))
    return `uses another TensorFlow: ${linked}`;
}

async function checkLoad({ project, steps }) {
  const napi = Number(process.versions.napi);
  if (napi < ADDON_NAPI) return broken(`N-API ${napi}, expected ${ADDON_NAPI} or newer`, 'Use Node 20, 22 or 24');
  for (const addon of ADDONS) {
    const { fault, stderr } = await probe(project, 'addon', project.path(addon));
    const found = /TensorFlow's library can't be loaded: .*/.exec(stderr)?.[0] ?? fault;
    if (found) return broken(`${path.basename(addon)}: ${found}`, remake(steps.addon, addon));
  }
  return fine(`built for N-API ${ADDON_NAPI}, this Node has ${napi}`);
}
