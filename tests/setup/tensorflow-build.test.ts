/** The choice between TensorFlow's CPU and CUDA builds. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MadeUpProject } from './made-up-project';

function requirements(project: MadeUpProject): string | undefined {
  return project
    .calls()
    .find((call) => call.includes('-m pip'))
    ?.split(' ')
    .at(-1);
}

test(
  'where nvidia-smi is on PATH the CUDA build is installed',
  { skip: process.platform === 'darwin' },
  async (context) => {
    const project = new MadeUpProject(context);
    project.addScript('nvidia-smi', 'exit 0');
    await project.setUp({ TENSORFLOW: undefined });
    assert.equal(requirements(project), 'requirements-cuda.txt');
  },
);

test('TENSORFLOW=cpu is stronger than a driver', async (context) => {
  const project = new MadeUpProject(context);
  project.addScript('nvidia-smi', 'exit 0');
  await project.setUp({ TENSORFLOW: 'cpu' });
  assert.equal(requirements(project), 'requirements-cpu.txt');
});

test(
  'another build than the installed one is installed anew, and the addon compiled for it',
  { skip: process.platform === 'darwin' },
  async (context) => {
    const project = new MadeUpProject(context);
    await project.setUp({ TENSORFLOW: 'cpu' });
    project.calls();
    await project.setUp({ TENSORFLOW: 'cuda' });
    const calls = project.calls();
    assert.ok(calls.some((call) => call.endsWith('-r requirements-cuda.txt')));
    assert.ok(calls.some((call) => call.startsWith('g++ -O2')));
    assert.ok(!calls.some((call) => call.startsWith('npm')));
  },
);

test('TENSORFLOW=gpu is refused with what is expected', async (context) => {
  const { code, stderr } = await new MadeUpProject(context).setUp({ TENSORFLOW: 'gpu' });
  assert.equal(code, 1);
  assert.match(stderr, /^TENSORFLOW: found "gpu", expected cpu or cuda\..*\n$/);
});
