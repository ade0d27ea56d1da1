/** Runs the steps that are open, one after the other, under the folder's lock. */

import { takeLock } from './lock.mjs';
import { createProgress } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { openSteps } from './steps.mjs';

/**
 * Does what is missing; prints nothing where nothing is.
 * @param steps   from createSteps
 * @param options {progress: default on stderr, signal: interrupts the step under way}
 * @throws        SetupError if a step fails; the steps before it stay done
 */
export async function runSteps(project, steps, { progress = createProgress(), signal } = {}) {
  if (openSteps(steps).length === 0) return;
  const lock = await takeLock(project, progress.say, signal);
  try {
    const open = openSteps(steps);
    for (const [index, step] of open.entries()) {
      progress.begin(step.title, index + 1, open.length);
      await runStep(project, step, { progress, signal, lock });
    }
  } finally {
    lock.release();
  }
}

async function runStep(project, step, { progress, signal, lock }) {
  const command = (argv, options) =>
    runCommand(project, argv, { ...options, step: step.name, signal, onStart: lock.note });
  try {
    signal?.throwIfAborted();
    await step.run({ command, detail: progress.detail });
    progress.done();
  } catch (error) {
    progress.failed(signal?.aborted ? 'interrupted' : 'failed');
    throw error;
  }
}
