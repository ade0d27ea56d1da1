/**
 * Shows the curves of all trainings in outputs/logs in the browser.
 * Usage: npm run tensorboard [-- TensorBoard's own arguments, such as --port 7000]. Its first use installs it (19 MB).
 */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from 'celeba-lab/dist/errors';
import { projectPath, readSettings } from 'celeba-lab/dist/project';
import { endWith, exitCodeOf, OutsideFault, say } from './command';
import { projectEnvironment } from './environment';
import { pipEnvironment } from './setup/pip-environment';

const PROGRAM = projectPath('.venv', 'bin', 'tensorboard');
const REQUIREMENTS = projectPath('requirements-tensorboard.txt');
// A copy of them, once all are installed: the program itself comes before some of what it needs.
const INSTALLED = projectPath('.venv', 'requirements-tensorboard.txt');

async function main(words: string[]): Promise<number> {
  const env = projectEnvironment();
  const logs = join(readSettings(env).outputs, 'logs');
  if (!existsSync(logs)) {
    const remedy = 'Run npm start, or the notebook 03-train, first';
    throw new InputError({ where: logs, found: 'no such folder', expected: "a training's logs", remedy });
  }
  if (!isInstalled()) install(await pipEnvironment(env));
  // It computes nothing, and TensorFlow would announce oneDNN before its own lines can be silenced.
  const quiet = { ...env, TF_ENABLE_ONEDNN_OPTS: '0' };
  const board = spawn(PROGRAM, ['--logdir', logs, ...words], { env: quiet, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => board.kill(signal));
  const [code, signal] = (await once(board, 'exit')) as [number | null, NodeJS.Signals | null];
  return exitCodeOf(code, signal);
}

function isInstalled(): boolean {
  return existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === readFileSync(REQUIREMENTS, 'utf8');
}

/** Exact versions without their requirements: those are in .venv already. */
function install(env: NodeJS.ProcessEnv): void {
  say('Installing TensorBoard (once, 19 MB)');
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary', ':all:', '-r', REQUIREMENTS];
  const { status } = spawnSync(projectPath('.venv', 'bin', 'python'), pip, { env, stdio: 'inherit' });
  if (status === 0) return writeFileSync(INSTALLED, readFileSync(REQUIREMENTS));
  const remedy = "Mend what pip says above, or point another machine's TensorBoard at outputs/logs";
  const found = 'an installation that failed';
  throw new OutsideFault({ where: 'TensorBoard', found, expected: 'packages from PyPI', remedy });
}

endWith(main(process.argv.slice(2)));
