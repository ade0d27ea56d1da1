/** One run at a time in an outputs folder: a file with the number of the process that writes there. */

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors';
import { isAlive, readHolder, takeLock, type LockHolder } from './lock-file';
import { ancestors, beginningOf } from './process-identity';

interface Holder extends LockHolder {
  /** What it is doing, such as `npm start`. */
  what: string;
}

/**
 * Takes an outputs folder for this process. A lock whose process was killed doesn't count.
 * @param outputs absolute path; made where it is missing
 * @param what    what this process is doing, for the message that another one gets; default `npm start`
 * @returns       gives it back
 * @throws        InputError where another run, still alive, has it; the file system's own error where a left-over lock can't be moved
 */
export async function lockOutputs(outputs: string, what = 'npm start'): Promise<() => Promise<void>> {
  await mkdir(outputs, { recursive: true });
  const lock = join(outputs, '.running');
  const self: Holder = { pid: process.pid, began: await beginningOf(process.pid), what };
  await takeLock(lock, self, { mayLive: isAlive, refusal: (holder) => inUse(outputs, holder) });
  return () => rm(lock, { force: true });
}

/**
 * Takes an outputs folder for a training. One that runs inside `npm start` shares the lock of that run, and a kernel whose
 * last training ended with an error goes on with its own.
 * @param outputs absolute path
 * @returns       gives it back, where it was taken here
 * @throws        InputError where another run, still alive, has it
 */
export async function lockForTraining(outputs: string): Promise<() => Promise<void>> {
  const lock = join(outputs, '.running');
  const holder = await readHolder<Holder>(lock);
  if (holder && (await isAlive(holder))) {
    if (holder.pid === process.pid) return () => rm(lock, { force: true });
    if ((await ancestors()).includes(holder.pid)) return async () => undefined;
  }
  return lockOutputs(outputs, 'training');
}

function inUse(outputs: string, { what, pid }: Holder): InputError {
  return new InputError({
    where: outputs,
    found: `another ${what} at work (process ${pid})`,
    expected: 'one at a time',
    remedy: 'Wait until it has ended, or set OUTPUTS to another folder',
  });
}
