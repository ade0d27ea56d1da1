/** The project folder that set-up works on, and the environment its commands get. */

import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// Each sends what pip installs elsewhere, and no option takes all of them back; pip reads their names in any case.
const ELSEWHERE = /^PIP_(TARGET|PREFIX|ROOT|PYTHON)$/i;

// Modules of another Python, as ROS and some clusters set them, would come before .venv's own.
const OTHER_PYTHON = /^PYTHON(PATH|HOME)$/;

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * @param root project folder; default the one this file is in
 * @param env  the user's environment; default the process's own
 * @returns    {root, env: without what would lead .venv's Python elsewhere, path(...parts) -> absolute path inside the project}
 */
export function openProject(root = ROOT, env = process.env) {
  return { root, env: without(OTHER_PYTHON, env), path: (...parts) => path.join(root, ...parts) };
}

function without(names, env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.test(name)));
}

/**
 * An absolute path from one that the user gave; npm starts scripts in the project's root and keeps where the user was.
 * @param given relative to where the user typed the command, or absolute
 */
export function usersPath({ root, env }, given) {
  return path.resolve(env.INIT_CWD || root, given);
}

/**
 * The environment of pip, npm and the compiler: caches and scratch files stay inside the project, unless the user says where.
 * What pip's configuration files say is left to `placeElsewhere`.
 * @returns a copy of the user's environment with these set, and without what would send packages elsewhere
 */
export function toolEnvironment(project) {
  const { env } = project;
  return {
    ...without(ELSEWHERE, env),
    npm_config_cache: usersNpmCache(env) ?? project.path('.cache', 'npm'),
    PIP_CACHE_DIR: env.PIP_CACHE_DIR ?? project.path('.cache', 'pip'),
    // pip asks rustc for its version; where that is rustup's, it would make its folder in HOME.
    RUSTUP_HOME: env.RUSTUP_HOME ?? project.path('.cache', 'rustup'),
    TMPDIR: project.path('.cache', 'tmp'),
    // A user's pip.conf may ask for a user install, and a user's site-packages may hide what .venv lacks.
    PIP_USER: '0',
    PYTHONNOUSERSITE: '1',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_NO_INPUT: '1',
  };
}

// `npm run` always sets npm_config_cache; only another value than the default was chosen by the user.
function usersNpmCache(env) {
  const cache = env.npm_config_cache;
  return cache && cache !== path.join(env.HOME ?? os.homedir(), '.npm') ? cache : undefined;
}
