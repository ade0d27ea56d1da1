/** Lint is part of the tests: as one of them it runs beside the others. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { projectPath } from 'celeba-lab/dist/project';

test('npm run lint finds nothing: eslint, prettier and the type check', () => {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'lint'], {
    cwd: projectPath(),
    encoding: 'utf8',
  });
  assert.equal(status, 0, `${stdout}${stderr}`);
});
