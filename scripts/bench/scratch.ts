/** A folder for the length of a measurement; gone after it, also where a signal ends it. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeAtExit } from '../left-behind';

// While the folder is emptied, threads and processes that end may still write into it what they had begun, once each.
const MOST_ATTEMPTS = 10;

/**
 * Makes an empty folder in the temporary folder (TMPDIR), does something with it, and removes it.
 * @param prefix what its name begins with
 * @param work   gets its absolute path
 * @returns      what `work` returns
 */
export async function withScratch<T>(prefix: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  const forget = removeAtExit(() => removeNow(folder));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    forget();
  }
}

function removeNow(folder: string): void {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS && existsSync(folder); attempt++) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (attempt === MOST_ATTEMPTS) throw error;
    }
  }
}
