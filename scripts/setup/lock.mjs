/** Lets one set-up at a time work in the project folder, and ends what a killed one has left running. */

import fs from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, processIdentity } from './process-identity.mjs';

const POLL_MS = 500;

/**
 * Waits for the folder's lock and takes it. Of another machine's processes nothing is known from here: its lock counts until
 * it is gone.
 * @param onWait called once with a sentence about the other set-up, if there is one to wait for
 * @param signal ends the waiting
 * @returns      {note(pid): records the command under way, release()}
 */
export async function takeLock(project, onWait, signal) {
  const file = project.path('.setup', 'lock');
  fs.mkdirSync(project.path('.setup'), { recursive: true });
  const [host, owner] = [hostname(), processIdentity(process.pid)];
  let told = false;
  while (!create(file, { host, owner })) {
    const held = read(file);
    if (mayRun(held)) {
      if (!told) onWait(waitingFor(held, file));
      told = true;
      await sleep(POLL_MS, undefined, { signal });
    } else {
      await clear(file);
    }
  }
  return {
    note: (pid) => write(file, { host, owner, command: pid === undefined ? undefined : processIdentity(pid) }),
    release: () => fs.rmSync(file, { force: true }),
  };
}

// A lock of an earlier version names no machine, and is taken for this one's.
function isHere({ host }) {
  return host === undefined || host === hostname();
}

function mayRun(held) {
  return held !== undefined && (!isHere(held) || isRunning(held.owner));
}

function waitingFor(held, file) {
  const pid = held.owner?.pid ?? 'of unknown number';
  if (isHere(held)) return `Another set-up (process ${pid}) is at work in this folder; waiting for it to end.`;
  return (
    `Another set-up (process ${pid} on ${held.host}, as ${file} says) is at work in this folder; waiting for it to end. ` +
    `If it was killed, remove ${file}, and this one goes on.`
  );
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
  if (mayRun(held)) fs.linkSync(aside, file);
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
