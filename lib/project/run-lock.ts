/** One run at a time in an outputs folder: a file with the number of the process that writes there. */

import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors';
import { ancestors, beginningOf } from './process-identity';

interface Holder {
  pid: number;
  /** When that process began, so that a later one with the same number isn't taken for it; '' where unknown. */
  began: string;
  /** What it is doing, such as `npm start`. */
  what: string;
}

/**
 * Takes an outputs folder for this process. A lock whose process was killed doesn't count.
 * @param outputs absolute path; made where it is missing
 * @param what    what this process is doing, for the message that another one gets; default `npm start`
 * @returns       gives it back
 * @throws        InputError where another run, still alive, has it
 */
export async function lockOutputs(outputs: string, what = 'npm start'): Promise<() => Promise<void>> {
  await mkdir(outputs, { recursive: true });
  const lock = join(outputs, '.running');
  const aside = `${lock}.${process.pid}`;
  const self: Holder = { pid: process.pid, began: await beginningOf(process.pid), what };
  await writeFile(aside, JSON.stringify(self));
  try {
    while (!(await claim(aside, lock))) {
      const holder = await holderOf(lock);
      if (holder) throw inUse(outputs, holder);
    }
    return () => rm(lock, { force: true });
  } finally {
    await rm(aside, { force: true });
  }
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
  const holder = await readHolder(lock);
  if (holder && (await isAlive(holder))) {
    if (holder.pid === process.pid) return () => rm(lock, { force: true });
    if ((await ancestors()).includes(holder.pid)) return async () => undefined;
  }
  return lockOutputs(outputs, 'training');
}

/** A link appears whole or fails where the name is taken, so of two runs that begin together only one gets it. */
async function claim(aside: string, lock: string): Promise<boolean> {
  try {
    await link(aside, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The run that has the folder; a lock that a killed run left behind is cleared away. */
async function holderOf(lock: string): Promise<Holder | undefined> {
  const holder = await readHolder(lock);
  if (holder && (await isAlive(holder))) return holder;
  // Moved before it is judged again: another run may have cleared it and taken the folder since.
  const left = `${lock}.left.${process.pid}`;
  const moved = await rename(lock, left).then(
    () => true,
    () => false,
  );
  if (!moved) return undefined;
  const mover = await readHolder(left);
  const alive = mover !== undefined && (await isAlive(mover));
  if (alive) await claim(left, lock);
  await rm(left, { force: true });
  return alive ? mover : undefined;
}

function inUse(outputs: string, { what, pid }: Holder): InputError {
  return new InputError({
    where: outputs,
    found: `another ${what} at work (process ${pid})`,
    expected: 'one at a time',
    remedy: 'Wait until it has ended, or set OUTPUTS to another folder',
  });
}

async function readHolder(lock: string): Promise<Holder | undefined> {
  const text = await readFile(lock, 'utf8').catch(() => '');
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

async function isAlive({ pid, began }: Holder): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = await beginningOf(pid);
  return began === '' || now === '' || began === now;
}
