/**
 * Sets up what is missing, inside the project folder only. Plain JavaScript: it runs before anything is installed.
 *   node scripts/setup.mjs                   quiet where nothing is missing
 *   node scripts/setup.mjs --status          and then says what is in place
 *   node scripts/setup.mjs --check packages  changes nothing; fails where that step isn't done
 */

import { orSetupError } from './setup/failure.mjs';
import { openProject } from './setup/project.mjs';
import { runSteps } from './setup/run-steps.mjs';
import { SetupError } from './setup/setup-error.mjs';
import { createSteps } from './setup/steps.mjs';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

async function main(words) {
  const project = openProject();
  const steps = createSteps(project);
  if (words[0] === '--check') return check(steps, words[1]);
  const interrupt = new AbortController();
  for (const [name, code] of Object.entries(SIGNALS)) {
    process.on(name, () => {
      process.exitCode = code;
      interrupt.abort(new SetupError(`Interrupted. What is finished stays; run the same command again to go on.`));
    });
  }
  await runSteps(project, steps, { signal: interrupt.signal }).catch((error) => {
    throw interrupt.signal.aborted ? interrupt.signal.reason : error;
  });
  if (words[0] === '--status') for (const step of steps) say(`in place: ${step.title}`);
}

function check(steps, name) {
  const step = steps.find((candidate) => candidate.name === name);
  if (!step)
    throw new SetupError(
      `--check: found "${name ?? ''}", expected one of ${steps.map((each) => each.name).join(', ')}.`,
    );
  const why = step.why();
  if (why !== undefined) throw new SetupError(`${step.title}: ${why}. Run: npm run setup`);
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

main(process.argv.slice(2)).catch((thrown) => {
  const error = orSetupError(thrown);
  if (!(error instanceof SetupError)) throw error;
  process.exitCode ??= 1;
  for (const line of error.lines) say(`  ${line}`);
  say(error.message);
});
