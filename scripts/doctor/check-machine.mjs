/** What the machine brings: Node, Python, compiler, disk space, the right to write. */

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { findCompiler, findPython } from '../setup/find-tools.mjs';
import { usersPath } from '../setup/project.mjs';
import { missingRequirements } from '../setup/requirements.mjs';
import { broken, fine, unchecked } from './outcome.mjs';
import { probe } from './run-probe.mjs';

// A run on the sample set leaves some hundred megabytes of features, charts and models.
const ENOUGH_BYTES = 2 * 2 ** 30;

export const machineChecks = [
  { name: 'node', title: 'Node', run: checkNode },
  { name: 'python', title: 'Python', run: checkPython },
  { name: 'compiler', title: 'C++ compiler', run: checkCompiler },
  { name: 'disk', title: 'Disk space', run: checkDisk },
  { name: 'outputs', title: 'Outputs folder', run: checkOutputs },
];

function checkNode({ project, machine }) {
  const missing = missingRequirements({ ...machine, env: project.env, python: false, compiler: false });
  if (missing.length > 0) return lacking(missing[0]);
  return fine(`${machine.node} (${machine.platform} ${machine.arch}, N-API ${process.versions.napi})`);
}

function checkPython({ project }) {
  const { executable } = findPython(project.env);
  if (executable === undefined) return lacking(requirement(project, { python: true }));
  return fine(`${firstLine(executable, '--version')} (${executable})`);
}

function checkCompiler({ project }) {
  const { argv } = findCompiler(project.env);
  if (argv === undefined) return lacking(requirement(project, { compiler: true }));
  return fine(firstLine(...argv, '--version'));
}

function checkDisk({ machine }) {
  const free = `${(machine.freeBytes / 2 ** 30).toFixed(1)} GiB free`;
  if (machine.freeBytes >= ENOUGH_BYTES) return fine(free);
  return broken(`${free}, expected 2 GiB or more`, 'Make room, or move the project folder to a larger disk');
}

async function checkOutputs({ project, steps }) {
  const folder = project.env.OUTPUTS ? usersPath(project, project.env.OUTPUTS) : project.path('outputs');
  const fault = writeFault(folder);
  if (fault !== undefined) {
    const { place, found } = fault;
    return broken(
      `${nameOf(place, project)} ${found}, expected a folder that can be written to`,
      cureOf(fault, folder),
    );
  }
  const writable = `${nameOf(folder, project)} can be written to`;
  // lib/ alone knows which folders are refused.
  if (steps.lib.why() !== undefined)
    return unchecked(`${writable}; whether it may take results is not looked at before lib/ is compiled`);
  const { fault: refusal, remedy } = await probe(project, 'outputs', folder);
  return refusal === undefined ? fine(writable) : broken(refusal, remedy ?? 'npm run setup');
}

function nameOf(place, { root }) {
  const shown = path.relative(root, place);
  if (shown === '' || shown.split(path.sep)[0] === '..') return place;
  return fs.statSync(place, { throwIfNoEntry: false })?.isFile() ? shown : `${shown}/`;
}

function cureOf({ place, found }, folder) {
  if (found !== 'is a file') return 'Give yourself the right to write there, or set OUTPUTS';
  const away = `mv ${place} ${place}.old`;
  // A file above the folder is rather somebody's than a left-over.
  return place === folder ? away : `Set OUTPUTS to another folder, or move the file away: ${away}`;
}

/**
 * Tried by writing, as a read-only mount doesn't show in a folder's mode; a folder that isn't there yet counts by the one above.
 * @returns {place: which of them can't be written to, found: why}, or undefined
 */
function writeFault(place) {
  const above = path.dirname(place);
  if (!fs.existsSync(place)) return above === place ? { place, found: "isn't there" } : writeFault(above);
  if (!fs.statSync(place).isDirectory()) return { place, found: 'is a file' };
  const trial = path.join(place, `.doctor-${process.pid}`);
  try {
    fs.writeFileSync(trial, '');
    return undefined;
  } catch (error) {
    return { place, found: `can't be written to (${error.code})` };
  } finally {
    fs.rmSync(trial, { force: true });
  }
}

function requirement(project, { python = false, compiler = false }) {
  const { node, platform, arch } = { node: '22.0.0', platform: 'linux', arch: 'x64' };
  return missingRequirements({ env: project.env, node, platform, arch, python, compiler })[0];
}

function lacking({ name, found, install }) {
  const commands = Object.entries(install).map(([system, command]) => `${system}: ${command}`);
  return broken(`found ${found}; needed: ${name}`, commands.join('; ') || 'Use another machine');
}

function firstLine(...command) {
  const { stdout } = spawnSync(command[0], command.slice(1), { encoding: 'utf8', timeout: 30_000 });
  return (stdout ?? '').split('\n')[0].trim();
}
