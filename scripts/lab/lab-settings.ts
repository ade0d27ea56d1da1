/** JupyterLab's own settings, where the project has an opinion. */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** No question about news in the corner of the notebook; no other machine is asked for them. */
export const NO_QUESTIONS = { 'apputils-extension/notification': { fetchNews: 'false', checkForUpdates: false } };

/** Saved notebooks hold no counters and no times; what the server itself needs for that is in savingEnvironment. */
export const SAVING_OPTIONS = ['--ContentsManager.pre_save_hook=saved_notebook.leave_out'];

/**
 * Where the server's Python finds saved_notebook.py.
 * @param env the server's environment otherwise
 */
export function savingEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, PYTHONPATH: [__dirname, env.PYTHONPATH].filter(Boolean).join(delimiter) };
}

/**
 * Writes settings of JupyterLab's extensions; those that are there already are the user's, and stay.
 * @param folder   of a user's settings
 * @param settings by the extension's name without @jupyterlab/
 */
export function writeLabSettings(folder: string, settings: Record<string, object>): void {
  for (const [name, value] of Object.entries(settings)) {
    const file = join(folder, '@jupyterlab', `${name}.jupyterlab-settings`);
    if (existsSync(file)) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(value)}\n`);
  }
}
