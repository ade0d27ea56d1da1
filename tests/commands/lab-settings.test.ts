import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectPath } from 'celeba-lab/dist/project';
import { NO_QUESTIONS, savingEnvironment, writeLabSettings } from '../../scripts/lab/lab-settings';

test("JupyterLab asks nothing about news, unless the user's own settings say so", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, '@jupyterlab', 'apputils-extension', 'notification.jupyterlab-settings');
  writeLabSettings(folder, NO_QUESTIONS);
  assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), { fetchNews: 'false', checkForUpdates: false });
  const own = '{ "fetchNews": "true" } // of the user';
  await writeFile(file, own);
  writeLabSettings(folder, NO_QUESTIONS);
  assert.equal(await readFile(file, 'utf8'), own);
});

test("JupyterLab leaves counts and times out of the project's notebooks, and nothing out of others", () => {
  const result = { output_type: 'execute_result', execution_count: 3, data: {}, metadata: {} };
  const cell = { cell_type: 'code', execution_count: 3, outputs: [result], source: 'f()' };
  const content = {
    cells: [{ ...cell, metadata: { execution: { started: 1 }, slideshow: { slide_type: 'slide' }, tags: ['kept'] } }],
    metadata: { language_info: { name: 'typescript', version: '5.0.4' } },
  };
  const script = `import json, sys, saved_notebook
path, content = json.load(sys.stdin)
saved_notebook.leave_out(model={"type": "notebook", "content": content}, path=path, contents_manager=None)
print(json.dumps(content))`;
  const saved = (path: string): unknown => {
    const options = { input: JSON.stringify([path, content]), env: savingEnvironment(process.env) };
    return JSON.parse(execFileSync(projectPath('.venv', 'bin', 'python'), ['-c', script], options).toString());
  };
  assert.deepEqual(saved('mine/01-a.ipynb'), content);
  const left = { ...cell, execution_count: null, outputs: [{ ...result, execution_count: null }] };
  assert.deepEqual(saved('notebooks/01-a.ipynb'), {
    cells: [{ ...left, metadata: { slideshow: { slide_type: 'slide' }, tags: ['kept'] } }],
    metadata: { language_info: { name: 'typescript' } },
  });
});
