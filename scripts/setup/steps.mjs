/**
 * Set-up's steps, each behind those that it waits for. Each is {name, title, after, needs, why(), run(context)}:
 *   after  names of earlier steps whose result this one is made from: it runs again when they do
 *   needs  names of earlier steps that must have ended before it begins, but don't change it
 *   why()  undefined where the step is done, else why it isn't, in a few words; only looks, changes nothing
 *   run({command(argv, {failure, telling, onLine}), detail(text)}) does it; can be interrupted anywhere and run again
 * `npm run doctor` uses why(); scripts/setup.mjs uses all.
 */

import { addonStep } from './addon.mjs';
import { kernelspecStep } from './kernelspec.mjs';
import { libraryStep } from './library.mjs';
import { packagesStep } from './packages.mjs';
import { openProject } from './project.mjs';
import { pythonStep } from './python.mjs';
import { requirementsStep } from './requirements.mjs';
import { weightsStep } from './weights.mjs';

/**
 * @param project from openProject; default this project and the process's environment
 * @returns       all steps
 */
export function createSteps(project = openProject()) {
  const steps = [packagesStep, pythonStep, addonStep, libraryStep, kernelspecStep, weightsStep].map((create) =>
    create(project),
  );
  const needs = (name) => openSteps(steps).some((step) => step.name === name);
  const requirements = requirementsStep(project, {
    needsPython: () => needs('python'),
    needsCompiler: () => needs('addon'),
  });
  // Nothing is begun on a machine that lacks something.
  const waiting = steps.map((step) => ({ ...step, needs: [requirements.name, ...(step.needs ?? [])] }));
  return [requirements, ...waiting];
}

/** The steps that must run: those that aren't done, and those whose result an open one takes away. */
export function openSteps(steps) {
  const open = [];
  for (const step of steps) {
    const undone = step.after?.some((name) => open.some((earlier) => earlier.name === name));
    if (undone || step.why() !== undefined) open.push(step);
  }
  return open;
}
