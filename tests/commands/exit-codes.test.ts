/** One fault has one exit code, whichever command meets it. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { project } from 'celeba-lab';
import { runCommand } from './run-command';

let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exit-codes-'));
});

after(() => rm(folder, { recursive: true }));

test('every command that writes results or reads them exits with 2 for an OUTPUTS among the sources', async () => {
  const commands = { bench: [], compare: [], predict: ['face.jpg'], start: [], tensorboard: [] };
  const env = { OUTPUTS: project.projectPath('lib', 'results') };
  for (const [command, args] of Object.entries(commands)) {
    const { code, stdout, stderr } = await runCommand(`${command}.ts`, args, env);
    assert.deepEqual([command, code, stdout], [command, 2, ''], stderr);
    assert.match(stderr, /^OUTPUTS, .*: found a folder in the project's lib\/, expected .*\n$/);
  }
});

test('bench exits with 2 for a DATASET that is not there, and for an option that it does not know, with its usage', async () => {
  const env = { DATASET: join(folder, 'none'), OUTPUTS: join(folder, 'outputs') };
  const missing = await runCommand('bench.ts', ['--profile', '--quick'], env);
  assert.equal(missing.code, 2, missing.stderr);
  assert.match(missing.stderr, /none: found no such folder, expected [^\n]*\n$/);
  const unknown = await runCommand('bench.ts', ['--fast']);
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /^npm run bench: found unknown option '--fast', [^\n]*\n\nUsage: npm run bench/);
});

test('screenshot exits with 2, and its usage, without a picture to write, and for a notebook that is not there', async () => {
  const missing = join(folder, 'none.ipynb');
  for (const [args, found] of [
    [[missing], 'too few words'],
    [[missing, join(folder, 'page.png')], `no file ${missing}`],
  ] as const) {
    const { code, stderr } = await runCommand('screenshot.ts', [...args]);
    assert.equal(code, 2, stderr);
    assert.ok(stderr.startsWith(`screenshot: found ${found}, expected a notebook`), stderr);
    assert.match(stderr, /\n\nUsage: npm run screenshot/);
  }
});

test('tensorboard exits with 2 where there are no logs', async () => {
  const { code, stderr } = await runCommand('tensorboard.ts', [], { OUTPUTS: join(folder, 'without-logs') });
  assert.equal(code, 2, stderr);
  assert.match(stderr, /without-logs\/logs: found no such folder/);
});

const isInstalled = existsSync(project.projectPath('.venv', 'requirements-tensorboard.txt'));
const options = { skip: isInstalled ? 'TensorBoard is installed on this machine' : false };

test('tensorboard exits with 1 where it could not be installed', options, async () => {
  await mkdir(join(folder, 'logs'));
  const { code, stderr } = await runCommand('tensorboard.ts', [], { OUTPUTS: folder, PIP_NO_INDEX: '1' });
  assert.equal(code, 1, stderr);
  assert.match(stderr, /TensorBoard: found an installation that failed, expected packages from PyPI\. [^\n]*\n$/);
});
