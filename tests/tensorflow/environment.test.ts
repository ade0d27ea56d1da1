/** TensorFlow's settings in a process that sets none, or its own. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { projectPath } from 'celeba-lab/dist/project';

const NAMES = ['TF_CPP_MIN_LOG_LEVEL', 'TF_ENABLE_ONEDNN_OPTS', 'TF_FORCE_GPU_ALLOW_GROWTH'];
const PROGRAM = `
  require('celeba-lab/dist/tensorflow/environment');
  process.stdout.write(JSON.stringify(${JSON.stringify(NAMES)}.map((name) => process.env[name])));`;

/** The variables after lib's settings, in another process; those that aren't given are not set before. */
function settings(given: Record<string, string>): unknown {
  const env = { ...process.env, ...Object.fromEntries(NAMES.map((name) => [name, given[name]])) };
  return JSON.parse(execFileSync(process.execPath, ['-e', PROGRAM], { cwd: projectPath(), env, encoding: 'utf8' }));
}

test('a process without settings of TensorFlow gets quiet logs, oneDNN, and a GPU memory that grows', () => {
  assert.deepEqual(settings({}), ['2', '1', 'true']);
});

test('settings of TensorFlow that the user has made stay', () => {
  assert.deepEqual(settings({ TF_ENABLE_ONEDNN_OPTS: '0', TF_CPP_MIN_LOG_LEVEL: '0' }), ['0', '0', 'true']);
});
