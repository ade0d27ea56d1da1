/** Tells whether a process recorded earlier is still the same one: process numbers are used again, and by each machine. */

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { hostname } from 'node:os';

/**
 * What a lock says of the machine, as lib/project/process-identity.ts does: a test holds the two together.
 * @returns {host, boot, processes}; the last two only on Linux
 */
export function thisMachine() {
  return {
    host: hostname(),
    boot: told(() => fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    processes: told(() => fs.readlinkSync('/proc/self/ns/pid')),
  };
}

/**
 * Whether a machine is this one. Containers may have their machine's name, and then neither sees the other's processes. One
 * that has started again since is still the same machine, with none of its earlier processes.
 * @param machine what is known of it; without a name, it is taken for this one: nobody could say where it is at work
 */
export function isThisMachine({ host, boot, processes }) {
  const here = thisMachine();
  if (host !== undefined && host !== here.host) return false;
  if (boot === undefined || boot !== here.boot) return true;
  return processes === undefined || here.processes === undefined || processes === here.processes;
}

/**
 * A process's number and start, enough to recognise it later.
 * @returns {pid, started}, or undefined where no such process runs
 */
export function processIdentity(pid) {
  const started = startOf(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether a recorded process still runs. */
export function isRunning(identity) {
  return identity !== undefined && startOf(identity.pid) === identity.started;
}

/** What the system tells; undefined where it doesn't. */
function told(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function startOf(pid) {
  if (process.platform === 'linux') {
    try {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name, in brackets, may hold blanks; after it, field 3 is the state and field 22 the start in clock ticks.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  const ps = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return ps.stdout?.trim() || undefined;
}
