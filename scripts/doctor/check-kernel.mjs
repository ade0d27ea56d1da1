/** The notebook kernel: its kernelspec, and a cell that it computes. */

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { broken, fine } from './outcome.mjs';

const KERNELS = '.venv/share/jupyter/kernels';
const FILE = `${KERNELS}/tslab/kernel.json`;
const SCRIPT = fileURLToPath(new URL('run_cell.py', import.meta.url));
const LONGEST_MS = 120_000;

export const kernelChecks = [
  { name: 'kernelspec', title: 'Kernelspec', needs: ['packages'], run: checkKernelspec },
  { name: 'kernel', title: 'Kernel', needs: ['packages', 'python-packages', 'kernelspec'], run: checkKernel },
];

function checkKernelspec({ project }) {
  const cure = 'npm run setup';
  if (!fs.existsSync(project.path(FILE))) return broken(`${FILE} isn't there`, cure);
  const argv = readArgv(project.path(FILE));
  if (argv === undefined) return broken(`${FILE} is no kernelspec`, cure);
  const [node] = argv;
  const tslab = argv[argv.indexOf('kernel') - 1];
  if (!fs.existsSync(node)) return broken(`it starts ${node}, which isn't there`, cure);
  if (!fs.existsSync(tslab)) return broken(`it starts ${tslab}, which isn't there`, cure);
  const own = project.path('node_modules/tslab/bin/tslab');
  if (fs.realpathSync(tslab) !== fs.realpathSync(own)) return broken(`it starts another tslab: ${tslab}`, cure);
  if (!argv.includes('{connection_file}'))
    return broken(`{connection_file} isn't an argument of its own in ${FILE}`, cure);
  return fine(`tslab under ${node}`);
}

function readArgv(file) {
  try {
    const { argv } = JSON.parse(fs.readFileSync(file, 'utf8'));
    return Array.isArray(argv) && argv.indexOf('kernel') >= 2 ? argv : undefined;
  } catch {
    // Cut short or edited: what the caller says of it.
    return undefined;
  }
}

function checkKernel({ project }) {
  const python = project.path('.venv', 'bin', 'python');
  const answer = spawnSync(python, [SCRIPT, project.path(KERNELS), '1 + 1'], {
    cwd: project.root,
    env: project.env,
    encoding: 'utf8',
    timeout: LONGEST_MS,
  });
  const cure = 'rm -rf node_modules && npm run setup';
  const { fault, text, seconds } = parse(answer);
  if (fault) return broken(fault, cure);
  if (text !== '2') return broken(`1 + 1 came to ${text || 'nothing'}`, cure);
  return fine(`started in ${seconds.toFixed(1)} s, 1 + 1 = 2`);
}

function parse({ status, signal, error, stdout, stderr }) {
  if (status === 0) return JSON.parse(stdout);
  // One that runs too long is ended by a signal as well.
  if (error?.code === 'ETIMEDOUT') return { fault: `no answer within ${LONGEST_MS / 1000} s` };
  if (error) return { fault: error.message };
  if (signal) return { fault: `it crashes (${signal})` };
  const lastWords = stderr.trim().split('\n').at(-1);
  return { fault: `it ends with code ${status}${lastWords && `: ${lastWords}`}` };
}
