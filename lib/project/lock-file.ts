/** A lock: a file that says which process of which machine has something, for as long as that process lives. */

import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { readTextIfThere } from '../files/read-if-there';
import { beginningOf, isThisMachine, thisMachine, type Machine } from './process-identity';

/** Who has a lock; what else is written there is the caller's. */
export interface LockHolder extends Partial<Machine> {
  pid: number;
  /** When that process began, so that a later one with the same number isn't taken for it; '' where unknown. */
  began: string;
}

// Where the file system has no links, a lock is empty for the moment in which it is written.
const WRITTEN_AFTER_MS = 200;
const NO_LINKS = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'];

/** This process, as a lock names it. */
export async function thisProcess(): Promise<LockHolder> {
  return { ...thisMachine(), pid: process.pid, began: await beginningOf(process.pid) };
}

/**
 * Takes a lock for this process. One whose process has ended on this machine is taken over; of another machine's processes
 * nothing is known from here. To give it back, remove the file.
 * @param lock    absolute path of the file; its folder is there
 * @param self    what is written into it
 * @param refusal makes the error for a lock that another has
 * @throws        what `refusal` gives; InputError where a lock may not be read; else the file system's own error, such as
 *                where one can't be read or, left over, can't be moved: it is then where it was
 */
export async function takeLock<Holder extends LockHolder>(
  lock: string,
  self: Holder,
  refusal: (holder: Holder) => Error,
): Promise<void> {
  const aside = `${lock}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(aside, JSON.stringify(self));
    while (!(await claim(aside, lock))) {
      const holder = await holderOf<Holder>(lock);
      if (holder) throw refusal(holder);
    }
  } finally {
    await rm(aside, { force: true });
  }
}

/**
 * What a lock says; undefined where there is none, or none that is whole.
 * @throws InputError where it may not be read, else the system's error: whose it is isn't known then
 */
export async function readHolder<Holder extends LockHolder>(lock: string): Promise<Holder | undefined> {
  const text = (await readTextIfThere(lock, 'the process that has it')) ?? '';
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null;
    return Number.isSafeInteger(holder?.pid) ? ({ ...holder, began: holder?.began ?? '' } as Holder) : undefined;
  } catch {
    return undefined;
  }
}

/** The process of a lock in words, for a sentence; of another machine's with what tells of it. */
export function holderInWords(lock: string, holder: LockHolder): string {
  return `process ${holder.pid}${isThisMachine(holder) ? '' : ` on ${holder.host}, as ${lock} says`}`;
}

/** Whether a process of this machine runs. */
export async function isAlive({ pid, began }: LockHolder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = await beginningOf(pid);
  return began === '' || now === '' || began === now;
}

/** A link appears whole or fails where the name is taken, so of two processes that begin together only one gets it. */
async function claim(aside: string, lock: string): Promise<boolean> {
  try {
    await link(aside, lock).catch((error: NodeJS.ErrnoException) => {
      if (!NO_LINKS.includes(error.code ?? '')) throw error;
      return copyFile(aside, lock, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The process that has a lock; one that a killed process left behind is cleared away. */
async function holderOf<Holder extends LockHolder>(lock: string): Promise<Holder | undefined> {
  const holder = await readWritten<Holder>(lock);
  if (holder && (await mayLive(holder))) return holder;
  // Moved before it is judged again: another process may have cleared it and taken it since.
  const left = `${lock}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(lock, left);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const mover = await readHolder<Holder>(left).catch(async (error: unknown) => {
    await putBack(left, lock);
    throw error;
  });
  if (mover === undefined || !(await mayLive(mover))) {
    await rm(left, { force: true });
    return undefined;
  }
  // Where a third one has taken the name meanwhile, that one has the lock now, and is judged next.
  return (await putBack(left, lock)) ? mover : undefined;
}

/** Whether a lock that was moved has its name again. */
async function putBack(left: string, lock: string): Promise<boolean> {
  const isBack = await claim(left, lock);
  await rm(left, { force: true });
  return isBack;
}

async function mayLive(holder: LockHolder): Promise<boolean> {
  return !isThisMachine(holder) || (await isAlive(holder));
}

async function readWritten<Holder extends LockHolder>(lock: string): Promise<Holder | undefined> {
  const holder = await readHolder<Holder>(lock);
  if (holder !== undefined) return holder;
  await setTimeout(WRITTEN_AFTER_MS);
  return readHolder(lock);
}
