/** npm test's choice of files. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { projectPath } from 'celeba-lab/dist/project';

function npmTest(...parts: string[]): { status: number | null; stdout: string; stderr: string } {
  const words = ['--require', 'ts-node/register/transpile-only', 'scripts/test.ts', ...parts];
  // The variable is how node's test runner tells a test that it runs inside another.
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  return spawnSync(process.execPath, words, { cwd: projectPath(), encoding: 'utf8', env });
}

test('npm test with a part of a path runs only the files that contain it, and ends with their counts', () => {
  const { status, stdout } = npmTest('setup/pins');
  assert.equal(status, 0);
  assert.match(stdout, /# tests (\d)\n[\s\S]*# pass \1\n# fail 0\n.*\n.*\n.*\n# duration_ms [\d.]+\n$/);
});

test('npm test with a part that no file contains says what it looked for', () => {
  const { status, stderr } = npmTest('no-such-test');
  assert.equal(status, 2);
  assert.equal(
    stderr,
    'npm test: found no test file whose path contains no-such-test, expected a part of one, such as dataset.\n',
  );
});
