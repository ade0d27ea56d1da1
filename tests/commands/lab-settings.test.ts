import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { NO_QUESTIONS, writeLabSettings } from '../../scripts/lab/lab-settings';

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
