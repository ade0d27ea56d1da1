/** The doctor on a kernelspec that leads nowhere, and on a kernel that doesn't compute. */

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { useCopy } from './project-copy';
import { brokenPart, examine } from './run-doctor';

interface Spec {
  argv: string[];
}

describe('the kernelspec', () => {
  const copy = useCopy();
  const file = () => join(copy.root, '.venv', 'share', 'jupyter', 'kernels', 'tslab', 'kernel.json');
  const change = (edit: (spec: Spec) => void) => {
    const spec = JSON.parse(readFileSync(file(), 'utf8')) as Spec;
    edit(spec);
    writeFileSync(file(), JSON.stringify(spec));
  };

  test('one that is missing is written by set-up, and the kernel waits for it', () => {
    rmSync(file());
    const { findings } = examine(copy.root, ['kernelspec', 'kernel']);
    assert.equal(findings[0].detail, ".venv/share/jupyter/kernels/tslab/kernel.json isn't there");
    assert.equal(findings[0].cure, 'npm run setup');
    assert.equal(findings[1].detail, 'waits for: Kernelspec');
  });

  test('one that is no JSON is named', () => {
    writeFileSync(file(), '{ "argv": [');
    assert.match(brokenPart(copy.root, 'kernelspec').detail, /kernel\.json is no kernelspec/);
  });

  test('one whose Node was removed from the machine is named with its path', () => {
    change((spec) => (spec.argv[0] = '/no/such/node'));
    const { detail, cure } = brokenPart(copy.root, 'kernelspec');
    assert.equal(detail, "it starts /no/such/node, which isn't there");
    assert.equal(cure, 'npm run setup');
  });

  test('one that leads to a project folder that was moved is named with its path', () => {
    change(({ argv }) => (argv[argv.indexOf('kernel') - 1] = '/old/place/node_modules/tslab/bin/tslab'));
    assert.equal(
      brokenPart(copy.root, 'kernelspec').detail,
      "it starts /old/place/node_modules/tslab/bin/tslab, which isn't there",
    );
  });

  test('one that joins option and connection file is named', () => {
    change(({ argv }) => argv.splice(-2, 2, '--config-path={connection_file}'));
    assert.match(brokenPart(copy.root, 'kernelspec').detail, /\{connection_file\} isn't an argument of its own/);
  });

  test('a kernel that ends at its start is named with the first error in what it said', () => {
    const node = join(copy.root, 'node');
    writeFileSync(node, '#!/bin/sh\necho "starting" >&2\necho "Error: Cannot find module zeromq" >&2\nexit 1\n');
    chmodSync(node, 0o755);
    change((spec) => (spec.argv[0] = node));
    const { detail, cure } = brokenPart(copy.root, 'kernel');
    assert.match(detail, /^the kernel doesn't start \(.*\): Error: Cannot find module zeromq$/);
    assert.equal(cure, 'rm -rf node_modules && npm run setup');
  });

  const replacePython = (script: string, mode = 0o755) => {
    const folder = join(copy.root, '.venv', 'bin');
    // A link to the real one's folder.
    rmSync(folder);
    mkdirSync(folder);
    writeFileSync(join(folder, 'python'), `#!/bin/sh\n${script}\n`, { mode });
  };

  test('a Python that crashes is told from one that gives no answer in time', () => {
    replacePython('kill -KILL $$');
    assert.equal(brokenPart(copy.root, 'kernel').detail, 'it crashes (SIGKILL)');
  });

  test("a Python that can't be started, or ends without an answer, is named with the reason", () => {
    replacePython('', 0o644);
    assert.match(brokenPart(copy.root, 'kernel').detail, /^spawnSync .*\.venv\/bin\/python EACCES$/);
    rmSync(join(copy.root, '.venv', 'bin', 'python'));
    assert.match(brokenPart(copy.root, 'kernel').detail, /^spawnSync .*\.venv\/bin\/python ENOENT$/);
    writeFileSync(join(copy.root, '.venv', 'bin', 'python'), '#!/bin/sh\nexit 3\n', { mode: 0o755 });
    assert.equal(brokenPart(copy.root, 'kernel').detail, 'it ends with code 3');
  });
});
