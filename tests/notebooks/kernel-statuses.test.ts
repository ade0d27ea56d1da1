import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { project } from 'celeba-lab';

test('while a cell runs the kernel is busy, whatever waits or is asked for meanwhile', () => {
  const python = project.projectPath('.venv', 'bin', 'python');
  const kernels = project.projectPath('.venv', 'share', 'jupyter', 'kernels');
  const script = join(__dirname, 'kernel_statuses.py');
  const said = JSON.parse(execFileSync(python, [script, kernels], { encoding: 'utf8' })) as string[];
  const statuses = said.filter((line) => /(busy|idle)$/.test(line));
  assert.deepEqual(statuses.slice(0, 3), ['first busy', 'first idle', 'second busy'], said.join(', '));
  assert.deepEqual(statuses.slice(3).sort(), ['completion busy', 'completion idle', 'second idle']);
  // It was answered all the same.
  assert.ok(said.indexOf('completion answered') < said.indexOf('first ended'), said.join(', '));
});
