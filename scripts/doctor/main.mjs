/** The doctor's command, behind scripts/doctor.mjs: options, and each part's line as it comes. */

import { parseArgs } from 'node:util';
import { CHECK_NAMES, examine } from './examine.mjs';
import { lineOf, summaryOf } from './lines.mjs';
import { openProject, usersPath } from '../setup/project.mjs';

const USAGE = `Usage: npm run doctor [-- [--json] [--root FOLDER] [PART...]]

Checks every part, or those named, and says how to mend what is broken; changes nothing.
  --json         one JSON object a line instead of text
  --root FOLDER  another project folder than this one
Parts: ${CHECK_NAMES.join(', ')}`;

const EXIT_BROKEN = 1;
const EXIT_WRONG_USE = 2;

function readOptions() {
  const options = { json: { type: 'boolean' }, root: { type: 'string' }, help: { type: 'boolean' } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const unknown = positionals.find((name) => !CHECK_NAMES.includes(name));
  if (unknown !== undefined) throw new Error(`No part is called "${unknown}".`);
  return { ...values, names: positionals.length > 0 ? positionals : CHECK_NAMES };
}

async function run() {
  let options;
  try {
    options = readOptions();
  } catch (error) {
    console.error(`${error.message}\n\n${USAGE}`);
    return EXIT_WRONG_USE;
  }
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const own = openProject();
  const project = options.root ? openProject(usersPath(own, options.root)) : own;
  const show = (result) => console.log(options.json ? JSON.stringify(result) : lineOf(result));
  const results = await examine(project, { names: options.names, onResult: show });
  if (!options.json) console.log(summaryOf(results));
  return results.some(({ state }) => state === 'broken') ? EXIT_BROKEN : 0;
}

/** Runs the command; the exit code is left in process.exitCode. */
export async function main() {
  // Whoever reads only the first lines, as head does, closes the pipe.
  process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? EXIT_BROKEN : 70));
  process.exitCode = await run();
}
