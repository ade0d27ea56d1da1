/** Tells whether a process recorded earlier is still the same one: process numbers are used again. */

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

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
