/** The environment that JupyterLab, kernels and commands run in. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectPath } from 'celeba-lab/dist/project';
import { projectEnvironment } from '../../scripts/environment';
import { findChromium, launchChromium } from '../../scripts/lab/browser';

test("the project's Python programs come first on PATH", () => {
  assert.equal(projectEnvironment({ PATH: '/usr/bin' }).PATH, `${projectPath('.venv/bin')}:/usr/bin`);
});

test("all of Jupyter's folders lie in the project", () => {
  const env = projectEnvironment({ JUPYTER_DATA_DIR: '/home/someone/jupyter', IPYTHONDIR: '/home/someone/ipython' });
  const folders = Object.entries(env).filter(([name]) => /^(JUPYTER.*|IPYTHON)_?DIR$/.test(name));
  assert.deepEqual(
    folders.filter(([, folder]) => !folder?.startsWith(projectPath('.jupyter'))),
    [],
  );
  assert.ok(folders.length >= 5);
});

test("TensorFlow's settings are defaults: the user's own stay", () => {
  const env = projectEnvironment({ TF_CPP_MIN_LOG_LEVEL: '0' });
  assert.equal(env.TF_CPP_MIN_LOG_LEVEL, '0');
  assert.equal(env.TF_ENABLE_ONEDNN_OPTS, '1');
});

test("modules of another Python, which PYTHONPATH leads to, don't come before .venv's", async () => {
  const others = { PATH: '/usr/bin', PYTHONPATH: '/opt/ros/python', PYTHONHOME: '/opt/ros' };
  const { openProject, toolEnvironment } = await import('../../scripts/setup/project.mjs');
  const set = openProject('/project', others);
  for (const env of [projectEnvironment(others), set.env, toolEnvironment(set)]) {
    assert.equal(env.PATH?.endsWith('/usr/bin'), true);
    assert.deepEqual([env.PYTHONPATH, env.PYTHONHOME], [undefined, undefined]);
  }
});

test("a run's folders are absolute paths, from where npm was called", () => {
  const env = projectEnvironment({ DATASET: 'faces', OUTPUTS: '/out', INIT_CWD: '/home/me' });
  assert.deepEqual([env.DATASET, env.OUTPUTS, env.PHOTOS], ['/home/me/faces', '/out', undefined]);
});

test('Keras and Chromium leave nothing in HOME', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'home-'));
  const usersHome = process.env.HOME;
  t.after(async () => {
    process.env.HOME = usersHome;
    await rm(home, { recursive: true });
  });
  process.env.HOME = home;
  const keras = spawnSync(projectPath('.venv/bin/python'), ['-c', 'import keras'], { env: projectEnvironment() });
  assert.equal(keras.status, 0, String(keras.stderr));
  assert.deepEqual(await readdir(home), []);
  const chromium = findChromium();
  if (chromium === undefined) return t.diagnostic('no Chromium was found: only Keras was tried');
  const browser = await launchChromium(chromium);
  await (await browser.newPage()).goto('data:text/html,<p>hello');
  await browser.close();
  assert.deepEqual(await readdir(home), []);
});
