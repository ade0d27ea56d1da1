/** pip where commands install packages on their first use, in a copy of the project with a stand-in for its Python. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { HEALTHY, useCopy } from '../doctor/project-copy';

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
