/** The choice between TensorFlow's CPU and CUDA builds. */

import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
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

test('machines with and without a driver that share the folder keep the build that is installed', async (context) => {
  const project = new MadeUpProject(context);
  await project.setUp({ TENSORFLOW: undefined });
  project.addScript('nvidia-smi', 'exit 0');
  project.calls();
  await project.setUp({ TENSORFLOW: undefined });
  assert.deepEqual(project.calls(), []);
});

test(
  'the CUDA build stays on machines without a driver, also where changed requirements make .venv anew',
  { skip: process.platform === 'darwin' },
  async (context) => {
    const project = new MadeUpProject(context);
    await project.setUp({ TENSORFLOW: 'cuda' });
    project.calls();
    await project.setUp({ TENSORFLOW: undefined });
    assert.deepEqual(project.calls(), []);
    project.append('requirements.txt', 'another==1.0\n');
    await project.setUp({ TENSORFLOW: undefined });
    assert.equal(requirements(project), 'requirements-cuda.txt');
  },
);

test(
  'where .venv is gone, the driver is looked for again, whatever build was in it',
  { skip: process.platform === 'darwin' },
  async (context) => {
    const project = new MadeUpProject(context);
    await project.setUp({ TENSORFLOW: 'cpu' });
    project.addScript('nvidia-smi', 'exit 0');
    project.calls();
    rmSync(project.path('.venv'), { recursive: true });
    await project.setUp({ TENSORFLOW: undefined });
    assert.equal(requirements(project), 'requirements-cuda.txt');
  },
);

test(
  'a build whose installation was cut off goes on, also where a driver came meanwhile',
  { skip: process.platform === 'darwin' },
  async (context) => {
    const project = new MadeUpProject(context);
    await project.setUp({ TENSORFLOW: 'cpu' });
    project.append('requirements.txt', 'another==1.0\n');
    assert.equal((await project.setUp({ TENSORFLOW: undefined, FAKE_PIP_FAILS: '1' })).code, 1);
    project.addScript('nvidia-smi', 'exit 0');
    project.calls();
    await project.setUp({ TENSORFLOW: undefined });
    assert.equal(requirements(project), 'requirements-cpu.txt');
  },
);

interface PythonModule {
  pythonStep: (project: object) => { run(context: object): Promise<void> };
}

test('without a Python that fits, .venv stays as it is', async (context) => {
  const project = new MadeUpProject(context);
  await project.setUp();
  project.append('requirements.txt', 'another==1.0\n');
  const address = pathToFileURL(project.path('scripts/setup/python.mjs')).href;
  const { pythonStep } = (await import(address)) as PythonModule;
  const env = { PYTHON: 'no-such-python' };
  const step = pythonStep({ root: project.root, env, path: (...parts: string[]) => project.path(...parts) });
  const idle = { command: async () => undefined, detail: () => undefined };
  await assert.rejects(step.run(idle), /found: PYTHON=no-such-python, and no such command/);
  assert.ok(existsSync(project.path('.venv/bin/python')));
});

test('TENSORFLOW=gpu is refused with what is expected', async (context) => {
  const { code, stderr } = await new MadeUpProject(context).setUp({ TENSORFLOW: 'gpu' });
  assert.equal(code, 2);
  assert.match(
    stderr,
    /^TENSORFLOW: found "gpu", expected cpu or cuda\. Set TENSORFLOW=cpu or TENSORFLOW=cuda, or leave it unset\.\n$/,
  );
});
