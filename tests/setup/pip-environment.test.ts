/** pip where commands install packages on their first use, in a copy of the project with a stand-in for its Python. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { zipSync } from 'fflate';
import { pipEnvironment } from '../../scripts/setup/pip-environment';
import { HEALTHY, openLibrary, SITE_PACKAGES, useCopy } from '../doctor/project-copy';

const ROOT = resolve(__dirname, '..', '..');
// What a user's own settings would send elsewhere.
const USERS = { ...HEALTHY, PIP_USER: '1', PIP_CACHE_DIR: undefined, TMPDIR: undefined };
const PYTHON = `#!/bin/sh
echo "$PIP_USER $PIP_CACHE_DIR $TMPDIR" > "$0.seen"
[ -d "$TMPDIR" ]`;

describe("pip's environment", () => {
  const copy = useCopy();

  /** What pip was told by a command: PIP_USER, PIP_CACHE_DIR and TMPDIR. */
  function seenByPip(...command: string[]): string {
    const bin = join(copy.root, '.venv', 'bin');
    rmSync(bin, { recursive: true });
    mkdirSync(bin);
    writeFileSync(join(bin, 'python'), PYTHON, { mode: 0o755 });
    writeFileSync(join(copy.root, 'requirements-tensorboard.txt'), '');
    mkdirSync(join(copy.root, 'outputs', 'logs'));
    cpSync(join(ROOT, 'scripts'), join(copy.root, 'scripts'), { recursive: true });
    // Whose place says which project the commands work on.
    openLibrary(copy.root);
    const node = ['--require', 'ts-node/register/transpile-only', ...command];
    const { stderr } = spawnSync(process.execPath, node, { cwd: copy.root, env: USERS, encoding: 'utf8' });
    assert.doesNotMatch(stderr, /found an installation that failed|Cannot find/);
    return readFileSync(join(bin, 'python.seen'), 'utf8').trim();
  }

  function inProject(): string {
    const cache = join(copy.root, '.cache');
    return `0 ${join(cache, 'pip')} ${join(cache, 'tmp')}`;
  }

  test("TensorBoard's installation keeps pip's cache and scratch files in the project, and is no user install", () => {
    assert.equal(seenByPip(join('scripts', 'tensorboard.ts')), inProject());
  });

  test("the comparison's packages, too", () => {
    const fetchPackages = "require('./scripts/bench/python-packages.ts').benchPackages().catch(() => undefined);";
    assert.equal(seenByPip('--eval', fetchPackages), inProject());
  });
});

describe("a user's own settings of pip", () => {
  let folder: string;
  let elsewhere: string;
  const python = join(ROOT, '.venv', 'bin', 'python');
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pip-'));
    elsewhere = join(folder, 'elsewhere');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The user's environment, with a configuration file of their own. */
  function usersOwn(configuration: string): NodeJS.ProcessEnv {
    const file = join(folder, 'pip.conf');
    writeFileSync(file, configuration);
    return { ...HEALTHY, HOME: folder, PIP_CONFIG_FILE: file };
  }

  /** Installs a small package into an environment made for it, with the project's pip. */
  function install(environment: string, env: NodeJS.ProcessEnv): string {
    const wheel = join(folder, 'tiny-1.0-py3-none-any.whl');
    const about = { METADATA: 'Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n', RECORD: '' };
    const kind = 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n';
    const entries = { 'tiny.py': '', ...prefixed('tiny-1.0.dist-info/', { ...about, WHEEL: kind }) };
    const bytes = Object.entries(entries).map(([name, text]) => [name, Buffer.from(text)] as const);
    writeFileSync(wheel, zipSync(Object.fromEntries(bytes)));
    spawnSync(python, ['-m', 'venv', '--without-pip', environment]);
    // Without one of its own, which takes seconds to install, it runs the project's pip.
    const withPip = { ...env, PYTHONPATH: join(ROOT, SITE_PACKAGES) };
    const words = ['-m', 'pip', 'install', '--no-index', wheel];
    return spawnSync(join(environment, 'bin', 'python'), words, { env: withPip, encoding: 'utf8' }).stderr;
  }

  for (const name of ['PIP_TARGET', 'PIP_PREFIX', 'PIP_ROOT', 'PIP_target'])
    test(`${name} sends no package elsewhere`, async () => {
      const stderr = install(join(folder, 'own'), await pipEnvironment({ ...usersOwn(''), [name]: elsewhere }));
      assert.ok(!existsSync(elsewhere), stderr);
      const shown = spawnSync(join(folder, 'own', 'bin', 'python'), ['-c', 'import tiny'], { encoding: 'utf8' });
      assert.equal(shown.stderr, '', stderr);
    });

  test('PIP_PYTHON names no other Python for them', async () => {
    assert.ok(!('PIP_PYTHON' in (await pipEnvironment({ ...usersOwn(''), PIP_PYTHON: '/usr/bin/python3' }))));
  });

  for (const [section, key] of [
    ['install', 'target'],
    ['install', 'prefix'],
    ['global', 'root'],
  ])
    test(`${section}.${key} in pip's configuration is refused, with its value and what to do`, async () => {
      const env = usersOwn(`[${section}]\n${key} = ${elsewhere}\n`);
      const sentence = `pip's configuration: found ${section}.${key}='${elsewhere}', expected .* PIP_CONFIG_FILE=/dev/null`;
      await assert.rejects(pipEnvironment(env), new RegExp(sentence));
      await pipEnvironment({ ...env, PIP_CONFIG_FILE: '/dev/null' });
    });

  test("a company's mirror, proxy and certificate stay, and an empty target counts for nothing", async () => {
    const mirror = '[global]\nindex-url = https://mirror.invalid/simple\nproxy = http://proxy.invalid:3128\n';
    const env = await pipEnvironment(usersOwn(`${mirror}cert = /their.pem\n[install]\ntarget =\n`));
    const { stdout } = spawnSync(python, ['-m', 'pip', 'config', 'list'], { env, encoding: 'utf8' });
    for (const value of ['https://mirror.invalid/simple', 'http://proxy.invalid:3128', '/their.pem'])
      assert.ok(stdout.includes(`='${value}'`), stdout);
  });
});

function prefixed(folder: string, entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).map(([name, text]) => [`${folder}${name}`, text]));
}
