/** The set-up command itself, behind scripts/setup.mjs: options, signals, and errors as sentences. */

import { orSetupError } from './failure.mjs';
import { openProject } from './project.mjs';
import { runSteps } from './run-steps.mjs';
import { SettingError } from './setting-error.mjs';
import { SetupError } from './setup-error.mjs';
import { createSteps } from './steps.mjs';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

async function run(words) {
  const project = openProject();
  const steps = createSteps(project);
  const shows = words[0] === '--status';
  const [option, name] = shows ? words.slice(1) : words;
  if (option === '--check') return check(steps, name);
  if (option !== undefined) throw unknownOption(option);
  const interrupt = new AbortController();
  for (const [name, code] of Object.entries(SIGNALS)) {
    process.on(name, () => {
      process.exitCode = code;
      interrupt.abort(new SetupError(`Interrupted. What is finished stays; run the same command again to go on.`));
    });
  }
  await runSteps(project, steps, { signal: interrupt.signal }).catch((error) => {
    const { aborted, reason } = interrupt.signal;
    if (!aborted) throw error;
    // What had failed before the interruption is told too.
    throw new AggregateError([...errorsOf(error).filter((one) => one !== reason), reason]);
  });
  if (shows) for (const step of steps) say(`in place: ${step.title}`);
}

function unknownOption(found) {
  const remedy = '--check tells whether a step is done, and changes nothing';
  return new SettingError({
    where: 'npm run setup',
    found: `"${found}"`,
    expected: 'nothing, or --check STEP',
    remedy,
  });
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

/**
 * Runs the command; the exit code is left in process.exitCode.
 * @param words of the command line, after the script's name
 */
export async function main(words) {
  try {
    await run(words);
  } catch (thrown) {
    const errors = errorsOf(thrown).map(orSetupError);
    for (const error of errors.filter((one) => one instanceof SetupError)) report(error);
    const other = errors.find((one) => !(one instanceof SetupError));
    if (other) throw other;
  }
}

function errorsOf(error) {
  return error instanceof AggregateError ? error.errors : [error];
}

function report(error) {
  process.exitCode ??= error instanceof SettingError ? 2 : 1;
  for (const line of error.lines) say(`  ${line}`);
  say(error.message);
}
