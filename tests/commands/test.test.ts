/** npm test's choice of files. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { projectPath } from 'celeba-lab/dist/project';
import { temporaryFolder } from '../dataset/write-celeba';

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

test('the report names each test that failed once more above the counts', (t) => {
  const file = path.join(temporaryFolder(t), 'three.test.cjs');
  writeFileSync(
    file,
    `const { suite, test } = require('node:test');
    test('right', () => {});
    test('not yet', { todo: true }, () => { throw new Error('as it was meant to'); });
    test('wrong', () => { throw new Error('as it was meant to'); });
    suite('some', () => test('wrong too', () => { throw new Error('as it was meant to'); }));`,
  );
  const reporter = projectPath('scripts', 'tap-reporter.mjs');
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const { status, stdout } = spawnSync(process.execPath, ['--test', `--test-reporter=${reporter}`, file], {
    encoding: 'utf8',
    env,
  });
  assert.equal(status, 1);
  const closing = stdout.slice(stdout.lastIndexOf('\n1..'));
  assert.match(closing, /^\n1\.\.\d\n# failed: wrong \(.*\)\n# failed: wrong too \(.*\)\n# tests \d\n/);
  assert.equal(closing.split(file).length, 3, closing);
});
