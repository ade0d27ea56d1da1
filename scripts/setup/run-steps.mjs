/** Runs the steps that are open, each as soon as those that it waits for have ended, under the folder's lock. */

import { takeLock } from './lock.mjs';
import { createProgress } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { openSteps } from './steps.mjs';

/**
 * Does what is missing; prints nothing where nothing is. Where a step fails, those beside it still run to their end, and none
 * that waits for it begins.
 * @param steps   from createSteps
 * @param options {progress: default on stderr, signal: interrupts the steps under way}
 * @throws        SetupError if a step fails, AggregateError of them if several do; the other steps stay done
 */
export async function runSteps(project, steps, { progress = createProgress(), signal } = {}) {
  if (openSteps(steps).length === 0) return;
  const lock = await takeLock(project, progress.say, signal);
  try {
    const open = openSteps(steps);
    const ended = new Map();
    for (const [index, step] of open.entries()) {
      const earlier = [...(step.after ?? []), ...(step.needs ?? [])].map((name) => ended.get(name));
      const begin = () => progress.begin(step.title, index + 1, open.length);
      ended.set(
        step.name,
        Promise.all(earlier).then(() => runStep(project, step, { begin, signal, lock })),
      );
    }
    throwFailures(await Promise.allSettled(ended.values()));
  } finally {
    lock.release();
  }
}

async function runStep(project, step, { begin, signal, lock }) {
  signal?.throwIfAborted();
  const command = (argv, options) => runCommand(project, argv, { ...options, step: step.name, signal, lock });
  const line = begin();
  try {
    await step.run({ command, detail: line.detail });
    line.done();
  } catch (error) {
    line.failed(signal?.aborted ? 'interrupted' : 'failed');
    throw error;
  }
}

// A step that waited for one that failed has the same error.
function throwFailures(outcomes) {
  const errors = [...new Set(outcomes.filter(({ status }) => status === 'rejected').map(({ reason }) => reason))];
  if (errors.length > 1) throw new AggregateError(errors, 'Several steps of set-up failed');
  if (errors.length === 1) throw errors[0];
}
