/** One run at a time in an outputs folder: a file with the number of the process that writes there. */

import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from 'celeba-lab/dist/errors';

interface Holder {
  pid: number;
  /** When that process began, so that a later one with the same number isn't taken for it; '' where unknown. */
  began: string;
}

/**
 * Takes an outputs folder for this process.
 * @param outputs absolute path; made where it is missing
 * @returns       gives it back
 * @throws        InputError where another run, still alive, has it
 */
export async function lockOutputs(outputs: string): Promise<() => Promise<void>> {
  await mkdir(outputs, { recursive: true });
  const lock = join(outputs, '.running');
  const aside = `${lock}.${process.pid}`;
  const self: Holder = { pid: process.pid, began: await beginningOf(process.pid) };
  await writeFile(aside, JSON.stringify(self));
  try {
    while (!(await claim(aside, lock))) {
      const holder = await holderOf(lock);
      if (holder) throw inUse(outputs, holder.pid);
    }
    return () => rm(lock, { force: true });
  } finally {
    await rm(aside, { force: true });
  }
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

function inUse(outputs: string, pid: number): InputError {
  return new InputError({
    where: outputs,
    found: `another npm start at work (process ${pid})`,
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

// Field 22 of /proc/PID/stat, counted after the name in brackets, which may hold spaces. Other systems have no such file.
async function beginningOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
