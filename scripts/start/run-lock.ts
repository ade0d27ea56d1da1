/** One run at a time in an outputs folder: a file with the number of the process that writes there. */

import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
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
    // A link appears whole or fails where the name is taken, so two runs that begin together can't both get it.
    for (;;) {
      try {
        await link(aside, lock);
        return () => rm(lock, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        const holder = await readHolder(lock);
        if (holder && (await isAlive(holder))) throw inUse(outputs, holder.pid);
        await rm(lock, { force: true });
      }
    }
  } finally {
    await rm(aside, { force: true });
  }
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
