/** One process at a time on a file of rows: FILE.lock beside it says which one, and on which machine. */

import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { constants, copyFile, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { InputError } from 'celeba-lab';
import { beginningOf } from 'celeba-lab/dist/project/process-identity';
import { removeAtExit } from './left-behind';

interface Holder {
  /** Name of the machine. */
  host: string;
  pid: number;
  /** When that process began, so that a later one with the same number isn't taken for it; '' where unknown. */
  began: string;
}

// Where the file system has no links, a lock is empty for the moment in which it is written.
const WRITTEN_AFTER_MS = 200;
const NO_LINKS = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'];

/**
 * Takes a file of rows for this process. A lock of a process of this machine that has ended doesn't count; of another
 * machine's processes nothing is known from here. A signal gives the file back, too; a kill doesn't.
 * @param file absolute path; its folder is made where it is missing
 * @returns    gives it back
 * @throws     InputError where another process has it
 */
export async function lockOutput(file: string): Promise<() => Promise<void>> {
  await mkdir(dirname(file), { recursive: true });
  const lock = `${file}.lock`;
  const self: Holder = { host: hostname(), pid: process.pid, began: await beginningOf(process.pid) };
  const content = JSON.stringify(self);
  const aside = `${lock}.${randomBytes(6).toString('hex')}`;
  const forgetAside = removeAtExit(() => rmSync(aside, { force: true }));
  try {
    await writeFile(aside, content);
    while (!(await claim(aside, lock))) {
      const holder = await holderOf(lock);
      if (holder) throw inUse(file, lock, holder);
    }
    return releaser(lock, content);
  } finally {
    await rm(aside, { force: true });
    forgetAside();
  }
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

/** The process that has the file; a lock that a killed process left behind is cleared away. */
async function holderOf(lock: string): Promise<Holder | undefined> {
  const holder = await readHolder(lock);
  if (holder && (await mayWrite(holder))) return holder;
  // Moved before it is judged again: another process may have cleared it and taken the file since.
  const left = `${lock}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(lock, left);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const mover = await readHolder(left);
  const alive = mover !== undefined && (await mayWrite(mover));
  if (alive) await claim(left, lock);
  await rm(left, { force: true });
  return alive ? mover : undefined;
}

async function readHolder(lock: string): Promise<Holder | undefined> {
  const parsed = await parseHolder(lock);
  if (parsed !== undefined) return parsed;
  await setTimeout(WRITTEN_AFTER_MS);
  return parseHolder(lock);
}

async function parseHolder(lock: string): Promise<Holder | undefined> {
  try {
    const { host, pid, began } = JSON.parse(await readFile(lock, 'utf8')) as Partial<Holder>;
    return host !== undefined && pid !== undefined ? { host, pid, began: began ?? '' } : undefined;
  } catch {
    return undefined;
  }
}

async function mayWrite({ host, pid, began }: Holder): Promise<boolean> {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = await beginningOf(pid);
  return began === '' || now === '' || began === now;
}

function inUse(file: string, lock: string, { host, pid }: Holder): InputError {
  const here = host === hostname();
  return new InputError({
    where: file,
    found: `another predict that writes there (process ${pid}${here ? '' : ` on ${host}, as ${lock} says`})`,
    expected: 'one at a time',
    remedy: here
      ? 'Wait until it has ended, or give another file after --out'
      : `Wait until it has ended; if it was killed, remove ${lock} and run the same command again`,
  });
}
