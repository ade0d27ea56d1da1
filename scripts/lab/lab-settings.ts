/** JupyterLab's own settings, where the project has an opinion. */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** No question about news in the corner of the notebook; no other machine is asked for them. */
export const NO_QUESTIONS = { 'apputils-extension/notification': { fetchNews: 'false', checkForUpdates: false } };

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
