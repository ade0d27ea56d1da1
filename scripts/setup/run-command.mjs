/** Runs one command of a step: lines to the step's progress, all output to a log, the last lines into the error. */

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { adviceFor, collectFailure } from './failure.mjs';
import { openLog } from './log.mjs';
import { toolEnvironment } from './project.mjs';
import { SetupError } from './setup-error.mjs';

const GRACE_MS = 2000;

/**
 * Runs a command to its end.
 * @param project  the folder it runs in
 * @param argv     program and arguments
 * @param options  {step: names the log in .setup/, failure: sentence for the error, onLine(line), telling: lines that tell why
 *                  it failed, signal: ends it, lock: is told of it while it runs; all but step and failure optional}
 * @throws         SetupError with the last lines, if it can't be started or doesn't end with 0
 */
export async function runCommand(project, argv, { step, failure, telling, onLine, signal, lock }) {
  signal?.throwIfAborted();
  const log = openLog(project, step);
  fs.mkdirSync(project.path('.cache', 'tmp'), { recursive: true });
  log.line(`\n$ ${argv.join(' ')}`);
  const output = collectFailure(telling);
  const outcome = await run(project, argv, { signal, lock }, (line) => {
    output.line(line);
    log.line(line);
    onLine?.(line);
  });
  if (signal?.aborted) throw signal.reason;
  if (outcome.code === 0) return;
  const how = outcome.error ?? (outcome.code === null ? `ended by ${outcome.killer}` : `exit code ${outcome.code}`);
  const advice = output.advice() ?? adviceFor(log.fault()?.message ?? '');
  const sentences = [`${failure} (${path.basename(argv[0])}: ${how}).`, advice, log.place()];
  throw new SetupError(sentences.filter(Boolean).join(' '), output.lines());
}

// In a group of its own, so that ending it ends what it has started too.
function run(project, [program, ...args], { signal, lock }, onLine) {
  return new Promise((resolve) => {
    const env = toolEnvironment(project);
    const child = spawn(program, args, { cwd: project.root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const end = () => endGroup(child);
    signal?.addEventListener('abort', end, { once: true });
    for (const stream of [child.stdout, child.stderr]) readline.createInterface({ input: stream }).on('line', onLine);
    child.once('spawn', () => lock?.note(child.pid));
    const settle = (outcome) => {
      signal?.removeEventListener('abort', end);
      lock?.forget(child.pid);
      resolve(outcome);
    };
    child.once('error', (error) => settle({ error: error.message }));
    child.once('close', (code, killer) => settle({ code, killer }));
  });
}

function endGroup(child) {
  const send = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {
      // The group has ended by itself.
    }
  };
  send('SIGTERM');
  const later = setTimeout(() => send('SIGKILL'), GRACE_MS);
  child.once('close', () => clearTimeout(later));
}
