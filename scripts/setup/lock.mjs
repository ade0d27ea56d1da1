/** Lets one set-up at a time work in the project folder, and ends what a killed one has left running. */

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, isThisMachine, processIdentity, thisMachine } from './process-identity.mjs';

const POLL_MS = 500;
// Where the file system has no links, a lock is empty for the moment in which it is written.
const WRITTEN_AFTER_MS = 200;
const NO_LINKS = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'];

/**
 * Waits for the folder's lock and takes it. Of another machine's processes nothing is known from here: its lock counts until
 * it is gone.
 * @param onWait called once with a sentence about the other set-up, if there is one to wait for
 * @param signal ends the waiting
 * @returns      {note(pid): records a command under way, forget(pid): it has ended, release()}; all leave another's lock alone
 */
export async function takeLock(project, onWait, signal) {
  const file = project.path('.setup', 'lock');
  fs.mkdirSync(project.path('.setup'), { recursive: true });
  const self = { ...thisMachine(), owner: processIdentity(process.pid) };
  let told = false;
  while (!create(file, self)) {
    const held = await readWritten(file);
    if (mayRun(held)) {
      if (!told) onWait(waitingFor(held, file));
      told = true;
      await sleep(POLL_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
    } else {
      await clear(file);
    }
  }
  // Somebody may have removed the lock by hand, and another set-up taken the folder.
  const isOwn = () => isLockOf(self, file);
  const commands = new Map();
  const write = () => {
    if (isOwn()) replace(file, { ...self, commands: [...commands.values()] });
  };
  return {
    note(pid) {
      const command = processIdentity(pid);
      // It may have ended before this.
      if (command === undefined) return;
      commands.set(pid, command);
      write();
    },
    forget(pid) {
      if (commands.delete(pid)) write();
    },
    release() {
      if (isOwn()) fs.rmSync(file, { force: true });
    },
  };
}

function isLockOf(self, file) {
  try {
    return JSON.stringify({ ...read(file), commands: undefined }) === JSON.stringify(self);
  } catch {
    // One that can't be read is left alone: it doesn't count any more once this process has ended.
    return false;
  }
}

function mayRun(held) {
  return held !== undefined && (!isThisMachine(held) || isRunning(held.owner));
}

function waitingFor(held, file) {
  const pid = held.owner?.pid ?? 'of unknown number';
  if (isThisMachine(held)) return `Another set-up (process ${pid}) is at work in this folder; waiting for it to end.`;
  return (
    `Another set-up (process ${pid} on ${held.host}, as ${file} says) is at work in this folder; waiting for it to end. ` +
    `If it was killed, remove ${file}, and this one goes on.`
  );
}

// Moved before it is judged: of two set-ups that find the same leftover lock, only one gets it.
async function clear(file) {
  const aside = beside(file);
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  let held;
  try {
    held = read(aside);
  } catch (error) {
    claim(aside, file);
    fs.rmSync(aside, { force: true });
    throw error;
  }
  // Where a third one has taken the name meanwhile, that one is waited for.
  if (mayRun(held)) claim(aside, file);
  else for (const command of held?.commands ?? []) if (isRunning(command)) await endGroup(command);
  fs.rmSync(aside, { force: true });
}

function create(file, content) {
  const aside = beside(file);
  try {
    fs.writeFileSync(aside, JSON.stringify(content));
    return claim(aside, file);
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

// Linking fails where the lock exists, and the lock never exists half-written.
function claim(aside, file) {
  try {
    link(aside, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function link(aside, file) {
  try {
    fs.linkSync(aside, file);
  } catch (error) {
    if (!NO_LINKS.includes(error.code)) throw error;
    fs.copyFileSync(aside, file, fs.constants.COPYFILE_EXCL);
  }
}

// Where there is no room for it, a command goes on all the same: only a kill would leave it running.
function replace(file, content) {
  const aside = beside(file);
  try {
    fs.writeFileSync(aside, JSON.stringify(content));
    fs.renameSync(aside, file);
  } catch {
    fs.rmSync(aside, { force: true });
  }
}

// Two machines may have the same number for their processes.
function beside(file) {
  return `${file}.${randomBytes(6).toString('hex')}`;
}

// Any other fault than that it isn't there, such as too many open files, says nothing of whose it is.
function read(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    // Released between the attempt to take it and this look, or not whole: the next attempt decides.
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function readWritten(file) {
  const held = read(file);
  if (held !== undefined || !fs.existsSync(file)) return held;
  await sleep(WRITTEN_AFTER_MS);
  return read(file);
}

// The command of a set-up that was killed goes on without it, writing into folders that are about to be made anew.
async function endGroup(command) {
  try {
    process.kill(-command.pid, 'SIGKILL');
  } catch (error) {
    // It has ended by itself meanwhile.
    if (error.code !== 'ESRCH') throw error;
  }
  while (isRunning(command)) await sleep(20);
}
