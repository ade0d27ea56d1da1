/** A Chromium that is installed on this machine, driven through playwright-core. */

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { projectPath } from 'celeba-lab/dist/project';
import { chromium, type Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MAC_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Where a Chromium or Chrome is installed.
 * @returns its path, or undefined where none is found
 */
export function findChromium(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/snap/bin'];
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...MAC_PLACES].find(isExecutable);
}

/** Starts the browser without a window, and with nothing of it left in HOME; whoever starts it closes it. */
export function launchChromium(executablePath: string): Promise<Browser> {
  const folder = projectPath('.cache', 'chromium');
  // Not HOME itself: a Chromium from a snap doesn't start with another one.
  const env = { ...process.env, XDG_CONFIG_HOME: join(folder, 'config'), XDG_CACHE_HOME: join(folder, 'cache') };
  return chromium.launch({ executablePath, args: FLAGS, headless: true, env: definedOnly(env) });
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
