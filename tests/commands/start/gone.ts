/** Waiting for the end of a process that isn't this one's child. */

import { readFile } from 'node:fs/promises';

/** Resolves when a process has ended, though nobody may have asked yet how; the test's own time limit is the only one. */
export async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
      if (/^State:\s+Z/m.test(await readFile(`/proc/${pid}/status`, 'utf8'))) return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
