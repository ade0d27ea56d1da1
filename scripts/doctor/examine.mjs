/** All checks in the order of what rests on what: a part is looked at when those it needs are in order. */

import fs from 'node:fs';
import { createSteps } from '../setup/steps.mjs';
import { addonChecks } from './check-addon.mjs';
import { dataChecks } from './check-data.mjs';
import { kernelChecks } from './check-kernel.mjs';
import { libraryChecks } from './check-library.mjs';
import { machineChecks } from './check-machine.mjs';
import { packageChecks } from './check-packages.mjs';
import { broken, unchecked } from './outcome.mjs';

const CHECKS = [...machineChecks, ...packageChecks, ...addonChecks, ...libraryChecks, ...kernelChecks, ...dataChecks];

/** Names of the parts, in order. */
export const CHECK_NAMES = CHECKS.map(({ name }) => name);

/**
 * Runs checks on a project folder; changes nothing in it.
 * @param project from openProject
 * @param options {names: which checks, default all; onResult: told each result as it comes; machine: what is taken for this
 *                machine's {node, platform, arch, freeBytes}, default its own}
 * @returns       results {name, title, state: fine | doubtful | broken | unchecked, detail, cure}
 */
export async function examine(project, { names = CHECK_NAMES, onResult = () => {}, machine = {} } = {}) {
  const steps = Object.fromEntries(createSteps(project).map((step) => [step.name, step]));
  const context = { project, steps, machine: { ...thisMachine(project), ...machine } };
  const results = [];
  for (const check of CHECKS.filter(({ name }) => names.includes(name))) {
    const hindered = results.find((result) => check.needs?.includes(result.name) && cantBeBuiltOn(result));
    const outcome = hindered ? unchecked(`waits for: ${hindered.title}`) : await attempt(check, context);
    const result = { name: check.name, title: check.title, ...outcome };
    results.push(result);
    onResult(result);
  }
  return results;
}

function cantBeBuiltOn({ state }) {
  return state === 'broken' || state === 'unchecked';
}

// A check that fails itself has met something broken in a way it doesn't know.
async function attempt(check, context) {
  try {
    return await check.run(context);
  } catch (error) {
    const { where, found, expected, remedy } = error;
    if (remedy !== undefined) return broken(`${where}: found ${found}, expected ${expected}`, remedy);
    return broken(error.message.split('\n')[0], 'npm run setup');
  }
}

function thisMachine(project) {
  const { bavail, bsize } = fs.statfsSync(project.root);
  return {
    node: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    freeBytes: bavail * bsize,
  };
}
