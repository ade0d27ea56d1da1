/** One process at a time on a file of rows: FILE.lock beside it says which one, and on which machine. */

import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { files, InputError } from 'celeba-lab';
import { holderInWords, takeLock, thisProcess, type LockHolder } from 'celeba-lab/dist/project/lock-file';
import { isThisMachine } from 'celeba-lab/dist/project/process-identity';
import { removeAtExit } from '../left-behind';

/**
 * Takes a file of rows for this process. A lock of a process of this machine that has ended doesn't count; of another
 * machine's processes nothing is known from here. A signal gives the file back, too; a kill doesn't.
 * @param file absolute path; its folder is made where it is missing
 * @returns    gives it back
 * @throws     InputError where another process has it
 */
export async function lockOutput(file: string): Promise<() => Promise<void>> {
  await files.makeFolder(dirname(file));
  const lock = `${file}.lock`;
  const self = await thisProcess();
  await takeLock(lock, self, (holder) => inUse(file, lock, holder));
  return releaser(lock, JSON.stringify(self));
}

function releaser(lock: string, content: string): () => Promise<void> {
  // Somebody may have removed the lock by hand, and a third one taken the file.
  const release = (): void => {
    if (contentOf(lock) === content) rmSync(lock, { force: true });
  };
  const forget = removeAtExit(release);
  return async () => {
    release();
    forget();
  };
}

function contentOf(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8');
  } catch {
    return undefined;
  }
}

function inUse(file: string, lock: string, holder: LockHolder): InputError {
  return new InputError({
    where: file,
    found: `another predict that writes there (${holderInWords(lock, holder)})`,
    expected: 'one at a time',
    remedy: isThisMachine(holder)
      ? 'Wait until it has ended, or give another file after --out'
      : `Wait until it has ended; if it was killed, remove ${lock} and run the same command again`,
  });
}
