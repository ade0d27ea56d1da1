/** The doctor on a project in order, and how it is used. */

import assert from 'node:assert/strict';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { copyProject } from './project-copy';
import { examine, runDoctor } from './run-doctor';

describe('a project in order', () => {
  let root: string;
  before(async () => (root = await copyProject()));
  after(() => rmSync(root, { recursive: true, force: true }));

  test('every part is fine, the kernel computes, TensorFlow multiplies, and the exit code is 0', () => {
    const before = readdirSync(root);
    const { code, findings } = examine(root);
    const others = findings.filter(({ state }) => state !== 'fine');
    assert.deepEqual(others, []);
    const detail = (name: string) => findings.find((finding) => finding.name === name)?.detail ?? '';
    assert.match(detail('kernel'), /1 \+ 1 = 2/);
    assert.match(detail('tensorflow'), /^2\.21\.0, .*product is right, \d+ GFLOP\/s$/);
    assert.match(detail('device'), /^(CPU|GPU): /);
    assert.match(detail('weights'), /26 tensors, their checksum is right/);
    assert.equal(code, 0);
    assert.deepEqual(readdirSync(root), before);
  });

  test("a GPU beside TensorFlow's CPU build is pointed out with the command to use it, and isn't counted as broken", () => {
    const smi = join(root, 'nvidia-smi');
    writeFileSync(smi, '#!/bin/sh\necho "NVIDIA H100 80GB HBM3, 81559, 550.54.15"\n', { mode: 0o755 });
    const { code, findings } = examine(root, ['device'], { PATH: `${root}:${process.env.PATH}` });
    rmSync(smi);
    assert.equal(findings[0].state, 'doubtful');
    assert.match(
      findings[0].detail,
      /^CPU: .* NVIDIA H100 80GB HBM3 is not used: TensorFlow's CPU build is installed\.$/,
    );
    assert.equal(findings[0].cure, 'Run TENSORFLOW=cuda npm run setup.');
    assert.equal(code, 0);
  });

  test('as text, each part is a line with its mark, and the last line sums up', () => {
    const { stdout, code } = runDoctor(root, ['node', 'disk']);
    assert.match(stdout, /^✓ Node {2,}\d+\.\d+\.\d+ .*\n✓ Disk space .* GiB free\nNothing broken in 2 parts\.\n$/);
    assert.equal(code, 0);
  });

  test('as text, a broken part is followed by its cure', () => {
    const { stdout, code } = runDoctor(root, ['compiler'], { CXX: 'no-such-compiler' });
    assert.match(stdout, /^✗ C\+\+ compiler .*no-such-compiler.*\n +→ .*apt install g\+\+.*\n1 of 1 part broken\.\n$/);
    assert.equal(code, 1);
  });

  test('a relative --root begins where the command was typed', () => {
    const args = ['--root', basename(root), 'disk'];
    const { stdout, code } = runDoctor(root, args, { INIT_CWD: dirname(root) });
    assert.match(stdout, /^✓ Disk space/);
    assert.equal(code, 0);
  });

  test('an unknown part ends with exit code 2 and the list of parts', () => {
    const { stdout, stderr, code } = runDoctor(root, ['hart']);
    assert.match(stderr, /No part is called "hart"[^]*Parts: node, python/);
    assert.equal(stdout, '');
    assert.equal(code, 2);
  });
});
