/** What is installed into the project: npm packages and Python packages, each at its version. */

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { tensorflowFolder } from '../setup/python.mjs';
import { tensorflowBuild } from '../setup/tensorflow-build.mjs';
import { broken, fine, remake } from './outcome.mjs';
import { probe } from './run-probe.mjs';

const SHOWN = 3;

export const packageChecks = [
  { name: 'packages', title: 'npm packages', run: checkPackages },
  { name: 'python-packages', title: 'Python packages', needs: ['python'], run: checkPythonPackages },
  { name: 'sharp', title: 'sharp', needs: ['packages'], run: (context) => checkByProbe(context, 'sharp') },
  { name: 'swc', title: '@swc/core', needs: ['packages'], run: (context) => checkByProbe(context, 'swc') },
  { name: 'polars', title: 'nodejs-polars', needs: ['packages'], run: (context) => checkByProbe(context, 'polars') },
];

function checkPackages({ project, steps }) {
  const cure = remake(steps.packages, 'node_modules');
  if (!fs.existsSync(project.path('node_modules'))) return broken('not installed yet', cure);
  const wanted = Object.entries(readJson(project, 'package-lock.json').packages);
  const places = wanted.filter(([place, { link }]) => place.includes('node_modules/') && !link);
  const faults = new Map();
  for (const [place, entry] of places) {
    const fault = packageFault(project, place, entry);
    // What lies inside a package that is missing is missing, too.
    const inside = [...faults.keys()].some((outer) => place.startsWith(`${outer}/`));
    if (fault !== undefined && !inside) faults.set(place, fault);
  }
  if (faults.size > 0) return broken(someOf([...faults.values()]), cure);
  const why = steps.packages.why();
  if (why !== undefined) return broken(why, cure);
  const direct = Object.keys(readJson(project, 'package.json').dependencies).length;
  return fine(`${places.length} as in package-lock.json, ${direct} of them asked for by name`);
}

function packageFault(project, place, { version, optional }) {
  const file = `${place}/package.json`;
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  // Optional ones are other platforms' builds; those of this one show when they are used.
  if (!fs.existsSync(project.path(file))) return optional ? undefined : `${name} is missing, expected ${version}`;
  const found = readJson(project, file).version;
  return found === version ? undefined : `${name} is ${found}, expected ${version}`;
}

function checkPythonPackages({ project, steps }) {
  const cure = remake(steps.python, '.venv');
  const python = project.path('.venv', 'bin', 'python');
  if (!fs.existsSync(python)) return broken(".venv isn't there", cure);
  if (tensorflowFolder(project) === undefined) return broken("TensorFlow isn't in .venv", cure);
  const script = fileURLToPath(new URL('python_packages.py', import.meta.url));
  const requirements = project.path(`requirements-${tensorflowBuild(project)}.txt`);
  const answer = spawnSync(python, [script, requirements], { env: project.env, encoding: 'utf8', timeout: 60_000 });
  if (answer.status !== 0) {
    // Without a package that the script itself uses, its last words are less plain than what set-up sees.
    const fault = `.venv's Python doesn't run: ${lastLine(answer.error?.message ?? answer.stderr)}`;
    return broken(steps.python.why() ?? fault, cure);
  }
  const { count, tensorflow, faults } = JSON.parse(answer.stdout);
  if (faults.length > 0) return broken(someOf(faults), cure);
  const step = steps.python.why();
  if (step !== undefined) return broken(step, cure);
  return fine(`${count} as in requirements.txt, TensorFlow ${tensorflow} (${tensorflowBuild(project)} build)`);
}

async function checkByProbe({ project }, name) {
  const { answer, fault } = await probe(project, name);
  return answer ? fine(answer) : broken(fault, 'rm -rf node_modules && npm run setup');
}

function someOf(faults) {
  const rest = faults.length > SHOWN ? `, and ${faults.length - SHOWN} more` : '';
  return `${faults.slice(0, SHOWN).join(', ')}${rest}`;
}

function lastLine(text = '') {
  return text.trim().split('\n').at(-1);
}

function readJson(project, file) {
  return JSON.parse(fs.readFileSync(project.path(file), 'utf8'));
}
