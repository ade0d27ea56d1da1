/** Lets one set-up at a time work in the project folder, and ends what a killed one has left running. */

import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, processIdentity } from './process-identity.mjs';

const POLL_MS = 500;

/**
 * Waits for the folder's lock and takes it.
 * @param onWait called once with the other set-up's process number, if there is one to wait for
 * @param signal ends the waiting
 * @returns      {note(pid): records the command under way, release()}
 */
export async function takeLock(project, onWait, signal) {
  const file = project.path('.setup', 'lock');
  fs.mkdirSync(project.path('.setup'), { recursive: true });
  const owner = processIdentity(process.pid);
  let told = false;
  while (!create(file, { owner })) {
    const held = read(file);
    if (held && isRunning(held.owner)) {
      if (!told) onWait(held.owner.pid);
      told = true;
      await sleep(POLL_MS, undefined, { signal });
    } else {
      await clear(file);
    }
  }
  return {
    note: (pid) => write(file, { owner, command: pid === undefined ? undefined : processIdentity(pid) }),
    release: () => fs.rmSync(file, { force: true }),
  };
}

// Moved before it is judged: of two set-ups that find the same leftover lock, only one gets it.
async function clear(file) {
  const aside = `${file}.left.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  const held = read(aside);
  if (held && isRunning(held.owner)) fs.linkSync(aside, file);
  else if (held && isRunning(held.command)) await endGroup(held.command);
  fs.rmSync(aside, { force: true });
}

// Linking fails where the lock exists, and the lock never exists half-written.
function create(file, content) {
  const aside = `${file}.${process.pid}`;
  fs.writeFileSync(aside, JSON.stringify(content));
  try {
    fs.linkSync(aside, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

function write(file, content) {
  const aside = `${file}.${process.pid}`;
  fs.writeFileSync(aside, JSON.stringify(content));
  fs.renameSync(aside, file);
}

function read(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    // Released between the attempt to take it and this look, or not ours: the next attempt decides.
    return undefined;
  }
}

// The command of a set-up that was killed goes on without it, writing into folders that are about to be made anew.
async function endGroup(command) {
  process.kill(-command.pid, 'SIGKILL');
  while (isRunning(command)) await sleep(20);
}
