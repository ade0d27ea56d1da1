/** What pip has installed into .venv, by its own lists: for set-up's quick look, which starts no Python. */

import fs from 'node:fs';
import path from 'node:path';
import { sizeOf } from './file-size.mjs';

// Of a RECORD's lines, `path,hash,bytes`: what an import meets first, and the commands. Looking for all 29,000 files takes seconds.
const MAIN_FILE = /^((?:\.\.\/){3}bin\/[^/,\n]+|[^/,\n]+\.(?:py|so)|(?:[^/,\n]+\/){1,2}__init__\.py),[^,]*,(\d+)\r?$/gm;

/** The folder of .venv's packages, or undefined where there is none. */
export function sitePackages(project) {
  const lib = project.path('.venv/lib');
  const python = fs.existsSync(lib) ? fs.readdirSync(lib).find((name) => /^python3\.\d+$/.test(name)) : undefined;
  return python && path.join(lib, python, 'site-packages');
}

/** How many packages are installed. */
export function installedCount(project) {
  const folder = sitePackages(project);
  return folder ? distributions(folder).length : 0;
}

/**
 * What is to be installed.
 * @param build 'cpu' or 'cuda'
 * @returns     a list of {name, always: false where only some Pythons or platforms need it}, each name once
 */
export function requirements(project, build) {
  const found = new Map();
  for (const file of ['requirements.txt', `requirements-${build}.txt`]) {
    for (const line of fs.readFileSync(project.path(file), 'utf8').split('\n')) {
      const [, name, marker] = /^([\w.-]+)==[^;]*(;)?/.exec(line) ?? [];
      if (name) found.set(normal(name), { name, always: marker === undefined });
    }
  }
  return [...found.values()];
}

/**
 * The first package that isn't there as pip left it, such as one whose folder was removed while its .dist-info stayed.
 * @returns a few words, or undefined
 * @example lostPackage(project, 'cpu') // "the Python package nbclient is missing"
 */
export function lostPackage(project, build) {
  const folder = sitePackages(project);
  const installed = new Map(distributions(folder).map((entry) => [normal(nameOf(entry)), entry]));
  for (const { name, always } of requirements(project, build)) {
    const entry = installed.get(normal(name));
    if (entry === undefined && always) return `the Python package ${name} is missing`;
    const lost = entry && lostFile(folder, entry);
    if (lost) return `the Python package ${name} lacks ${path.relative(project.root, lost)}, or it is empty`;
  }
  return undefined;
}

function lostFile(folder, entry) {
  const record = path.join(folder, entry, 'RECORD');
  if (!fs.existsSync(record)) return undefined;
  for (const [, name, bytes] of fs.readFileSync(record, 'utf8').matchAll(MAIN_FILE)) {
    const file = path.join(folder, name);
    const size = sizeOf(file);
    // Many an __init__.py is empty from the start.
    if (size === undefined || (size === 0 && bytes !== '0')) return file;
  }
  return undefined;
}

function distributions(folder) {
  return fs.readdirSync(folder).filter((entry) => entry.endsWith('.dist-info'));
}

function nameOf(entry) {
  return entry.replace(/-[^-]+\.dist-info$/, '');
}

// pip takes these spellings of a name for the same.
function normal(name) {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
