/** Set-up's steps: what is missing is done, and only that. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { MadeUpProject } from './made-up-project';

/** The steps that a run did, by the calls that only they make; sorted, as some run at the same time. */
function steps(project: MadeUpProject): string[] {
  const signs = { npm: 'packages', tsc: 'lib', weights: 'weights', 'g++ -O2': 'addon', 'python3 -m venv': 'python' };
  const done = project
    .calls()
    .map((call) => Object.entries(signs).find(([sign]) => `${call} `.startsWith(`${sign} `))?.[1]);
  return [...new Set(done.filter((step) => step !== undefined))].sort();
}

async function finished(project: MadeUpProject): Promise<MadeUpProject> {
  assert.equal((await project.setUp()).code, 0);
  project.calls();
  return project;
}

test('a first run does every step, each shown with its number and time', async (context) => {
  const project = new MadeUpProject(context);
  const { code, stderr } = await project.setUp();
  assert.equal(code, 0, stderr);
  assert.deepEqual(steps(project), ['addon', 'lib', 'packages', 'python', 'weights']);
  assert.match(stderr, /\[1\/7\] Node, Python, C\+\+ compiler: done in \d/);
  assert.match(stderr, /\[7\/7\] VGG16's ImageNet weights: done in \d/);
});

test('npm packages and lib do not wait for the Python packages; what needs both does', async (context) => {
  const project = new MadeUpProject(context);
  const { child } = await project.startInMiddle();
  while (!existsSync(project.path('.setup/lib.json'))) {
    assert.equal(child.exitCode, null);
    await sleep(20);
  }
  child.kill('SIGTERM');
  await once(child, 'exit');
  assert.deepEqual(steps(project), ['lib', 'packages', 'python']);
});

test('with nothing missing nothing is run and nothing printed', async (context) => {
  const project = await finished(new MadeUpProject(context));
  assert.deepEqual(await project.setUp(), { code: 0, stdout: '', stderr: '' });
  assert.deepEqual(project.calls(), []);
});

test('nothing is ever printed to stdout, where a command prints its answer', async (context) => {
  const { stdout } = await new MadeUpProject(context).setUp({}, ['--status']);
  assert.equal(stdout, '');
});

test('a changed source in lib/ compiles lib/ and nothing else', async (context) => {
  const project = await finished(new MadeUpProject(context));
  project.write('lib/photos/decode.ts', 'export {};\n');
  await project.setUp();
  assert.deepEqual(steps(project), ['lib']);
});

test('what was compiled from a source that is gone goes too', async (context) => {
  const project = await finished(new MadeUpProject(context));
  project.write('lib/dist/gone.js', '');
  project.append('lib/index.ts', '// changed\n');
  await project.setUp();
  assert.ok(!existsSync(project.path('lib/dist/gone.js')));
});

for (const file of ['photos/decode.js', 'photos/decode.d.ts', 'index.js']) {
  test(`a compiled ${file} that is lost or emptied is compiled again, once`, async (context) => {
    const project = new MadeUpProject(context);
    project.write('lib/photos/decode.ts', 'export {};\n');
    await finished(project);
    for (const harm of [() => rmSync(project.path('lib/dist', file)), () => project.write(`lib/dist/${file}`, '')]) {
      harm();
      assert.equal((await project.setUp()).code, 0);
      assert.deepEqual(steps(project), ['lib']);
      await project.setUp();
      assert.deepEqual(steps(project), []);
    }
  });
}

test('another version in the lockfile installs the npm packages, and the addon that npm removed with the old ones', async (context) => {
  const project = await finished(new MadeUpProject(context));
  project.write(
    'package-lock.json',
    JSON.stringify({ packages: { '': {}, 'node_modules/one': { version: '1.0.1' } } }),
  );
  await project.setUp();
  assert.deepEqual(steps(project), ['addon', 'packages']);
});

test('a package folder that was removed is installed again', async (context) => {
  const project = await finished(new MadeUpProject(context));
  rmSync(project.path('node_modules/one'), { recursive: true });
  await project.setUp();
  assert.deepEqual(steps(project), ['addon', 'packages']);
});

test('changed requirements make .venv anew, with the addon and the kernelspec in it', async (context) => {
  const project = await finished(new MadeUpProject(context));
  project.append('requirements.txt', 'another==1.0\n');
  await project.setUp();
  assert.deepEqual(steps(project), ['addon', 'python']);
  assert.ok(existsSync(project.path('.venv/share/jupyter/kernels/tslab/kernel.json')));
});

const PACKAGES = '.venv/lib/python3.12/site-packages';

for (const [harm, lost] of [
  ['whose folder is lost, its .dist-info left', 'jupyterlab'],
  ['whose main module is lost', 'jupyterlab/__init__.py'],
  ['whose folder stays, its .dist-info lost', 'jupyterlab-1.0.dist-info'],
]) {
  test(`a Python package ${harm} is installed again`, async (context) => {
    const project = await finished(new MadeUpProject(context));
    rmSync(project.path(PACKAGES, lost), { recursive: true });
    const { stderr } = await project.setUp({}, ['--check', 'python']);
    assert.match(stderr, /the Python package jupyterlab (lacks .*jupyterlab\/__init__\.py|is missing)/);
    assert.equal((await project.setUp()).code, 0);
    assert.deepEqual(steps(project), ['addon', 'python']);
  });
}

test('a Python package whose main module is emptied is installed again', async (context) => {
  const project = await finished(new MadeUpProject(context));
  project.write(`${PACKAGES}/jupyterlab/__init__.py`, '');
  await project.setUp();
  assert.deepEqual(steps(project), ['addon', 'python']);
});

test('modules that are empty from the start, and packages that this Python does not need, are no fault', async (context) => {
  const project = new MadeUpProject(context);
  project.append('requirements.txt', "elsewhere==1.0 ; sys_platform == 'other'\n");
  await finished(project);
  rmSync(project.path(PACKAGES, 'elsewhere'), { recursive: true });
  rmSync(project.path(PACKAGES, 'elsewhere-1.0.dist-info'), { recursive: true });
  project.write(`${PACKAGES}/jupyterlab/handlers/__init__.py`, '');
  project.append(`${PACKAGES}/jupyterlab-1.0.dist-info/RECORD`, 'jupyterlab/handlers/__init__.py,sha256=0,0\n');
  assert.deepEqual(await project.setUp(), { code: 0, stdout: '', stderr: '' });
});

test('weights that are cut short are fetched again', async (context) => {
  const project = await finished(new MadeUpProject(context));
  writeFileSync(project.path('data/weights/vgg16-imagenet.bin'), 'short');
  await project.setUp();
  assert.deepEqual(steps(project), ['weights']);
});

test('in a moved folder everything that holds its path is made anew', async (context) => {
  const project = await finished(new MadeUpProject(context));
  project.move();
  await project.setUp();
  assert.deepEqual(steps(project), ['addon', 'python']);
  const kernel = readFileSync(project.path('.venv/share/jupyter/kernels/tslab/kernel.json'), 'utf8');
  assert.ok(kernel.includes(project.path('node_modules/tslab/bin/tslab')));
});

test("the kernelspec starts this Node with the project's tslab, the connection file an argument of its own", async (context) => {
  const project = await finished(new MadeUpProject(context));
  const kernel = JSON.parse(
    readFileSync(project.path('.venv/share/jupyter/kernels/tslab/kernel.json'), 'utf8'),
  ) as object;
  assert.deepEqual(kernel, {
    argv: [
      process.execPath,
      '--require',
      project.path('scripts/kernel/publisher.cjs'),
      project.path('node_modules/tslab/bin/tslab'),
      'kernel',
      '--config-path',
      '{connection_file}',
    ],
    display_name: 'TypeScript',
    language: 'typescript',
    env: { TF_CPP_MIN_LOG_LEVEL: '2', TF_ENABLE_ONEDNN_OPTS: '1', TF_FORCE_GPU_ALLOW_GROWTH: 'true' },
  });
});

test("npm's and pip's caches lie in the project folder", async (context) => {
  const project = new MadeUpProject(context);
  await project.setUp();
  const calls = project.calls();
  assert.ok(calls.includes(`npm_cache=${project.path('.cache/npm')}`));
  assert.ok(calls.includes(`pip_cache=${project.path('.cache/pip')}`));
});

test('caches that the user has chosen are kept', async (context) => {
  const project = new MadeUpProject(context);
  await project.setUp({ npm_config_cache: '/their/npm', PIP_CACHE_DIR: '/their/pip' });
  const calls = project.calls();
  assert.ok(calls.includes('npm_cache=/their/npm'));
  assert.ok(calls.includes('pip_cache=/their/pip'));
});

test("packages are not sent where pip's configuration says, and the user learns which setting that is", async (context) => {
  const project = new MadeUpProject(context);
  const { code, stderr } = await project.setUp({ FAKE_PIP_SETTING: "install.target='/their/packages'" });
  assert.equal(code, 2);
  assert.match(
    stderr,
    /\npip's configuration: found install\.target='\/their\/packages', expected no setting .*PIP_CONFIG_FILE=\/dev\/null/,
  );
  assert.ok(!project.calls().some((call) => call.includes('pip install')));
});

test('--status says what is in place', async (context) => {
  const project = await finished(new MadeUpProject(context));
  const { stderr } = await project.setUp({}, ['--status']);
  assert.equal(stderr.split('\n').filter((line) => line.startsWith('in place: ')).length, 7);
});

test('--check of a step that is not done fails with the cure and changes nothing', async (context) => {
  const project = new MadeUpProject(context);
  const { code, stderr } = await project.setUp({}, ['--check', 'packages']);
  assert.equal(code, 1);
  assert.equal(stderr, 'npm packages: not installed yet. Run: npm run setup\n');
  assert.deepEqual(project.calls(), []);
});

test('a word that set-up does not know is refused before anything is installed', async (context) => {
  const project = new MadeUpProject(context);
  const { code, stderr } = await project.setUp({}, ['--status', '--chek']);
  assert.equal(code, 2);
  assert.match(stderr, /^npm run setup: found "--chek", expected nothing, or --check STEP\. [^\n]*\n$/);
  assert.deepEqual(project.calls(), []);
});
