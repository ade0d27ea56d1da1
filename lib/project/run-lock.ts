/** One run at a time in an outputs folder: a file that says which process writes there, and on which machine. */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors';
import { makeFolder, whatIsFull } from '../files';
import { holderInWords, isAlive, readHolder, takeLock, thisProcess, type LockHolder } from './lock-file';
import { ancestors, isThisMachine } from './process-identity';

const ELSEWHERE = 'set OUTPUTS to another folder';

interface Holder extends LockHolder {
  /** What it is doing, such as `npm start`. */
  what: string;
}

/**
 * Takes an outputs folder for this process. A lock whose process was killed doesn't count; of another machine's processes
 * nothing is known from here.
 * @param outputs absolute path; made where it is missing
 * @param what    what this process is doing, for the message that another one gets; default `npm start`
 * @param instead what else the user can do than to wait, such as to set OUTPUTS, the default; '' for nothing
 * @returns       gives it back
 * @throws        InputError where another run has it, unless it has ended on this machine, and where nothing can be written
 */
export async function lockOutputs(
  outputs: string,
  what = 'npm start',
  instead = ELSEWHERE,
): Promise<() => Promise<void>> {
  const lock = join(outputs, '.running');
  const self: Holder = { ...(await thisProcess()), what };
  try {
    await makeFolder(outputs);
    await takeLock(lock, self, (holder) => inUse(outputs, lock, holder, instead));
  } catch (error) {
    throw writingFault(outputs, error, instead);
  }
  return () => giveBack(lock);
}

/**
 * Takes an outputs folder for a training. One that runs inside `npm start` shares the lock of that run, and a kernel whose
 * last training ended with an error goes on with its own.
 * @param outputs absolute path
 * @returns       gives it back, where it was taken here
 * @throws        InputError where another run has it, unless it has ended on this machine
 */
export async function lockForTraining(outputs: string): Promise<() => Promise<void>> {
  const lock = join(outputs, '.running');
  const holder = await livingHolder(lock);
  if (holder?.pid === process.pid) return () => giveBack(lock);
  if (await isAncestor(holder)) return async () => undefined;
  return lockOutputs(outputs, 'training');
}

/**
 * Whether this process was started by the run that has the outputs folder, as a notebook's kernel is by `npm start`.
 * @param outputs absolute path
 */
export async function isPartOfRun(outputs: string): Promise<boolean> {
  return isAncestor(await livingHolder(join(outputs, '.running')));
}

async function isAncestor(holder: Holder | undefined): Promise<boolean> {
  return holder !== undefined && (await ancestors()).includes(holder.pid);
}

/** Who has the lock; undefined where nobody has, one of another machine, or one that has ended. */
async function livingHolder(lock: string): Promise<Holder | undefined> {
  const holder = await readHolder<Holder>(lock);
  return holder && isThisMachine(holder) && (await isAlive(holder)) ? holder : undefined;
}

/** Somebody may have removed the lock by hand, and another run taken the folder. */
async function giveBack(lock: string): Promise<void> {
  // One that can't be read is left alone: it doesn't count any more once this process has ended.
  const holder = await readHolder<Holder>(lock).catch(() => undefined);
  if (holder && isThisMachine(holder) && holder.pid === process.pid) await rm(lock, { force: true });
}

function inUse(outputs: string, lock: string, holder: Holder, instead: string): InputError {
  const wait = `Wait until it has ended${orElse(instead)}`;
  return new InputError({
    where: outputs,
    found: `another ${holder.what} at work (${holderInWords(lock, holder)})`,
    expected: 'one at a time',
    remedy: isThisMachine(holder) ? wait : `${wait}; if it was killed, remove ${lock} and start again`,
  });
}

/** A sentence where the system refused to write; else the error itself. */
function writingFault(outputs: string, error: unknown, instead: string): unknown {
  const { syscall, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  const full = whatIsFull(error);
  return new InputError({
    where: outputs,
    found: full ? `a full ${full}` : `a place that can't be written to (${message})`,
    expected: 'a folder that takes files',
    remedy: `${full ? 'Make room' : 'See whose it is and what is there'}${orElse(instead)}`,
  });
}

function orElse(instead: string): string {
  return instead === '' ? '' : `, or ${instead}`;
}
