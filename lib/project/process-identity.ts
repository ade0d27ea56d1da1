/** Which process is which: on which machine it runs, when it began, which one started it. */

import { execFile } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

/** A machine, or a container: where the number of a process means something. */
export interface Machine {
  /** Its name in the network. */
  host: string;
  /** Linux's name for the time since the system started; missing elsewhere. */
  boot?: string;
  /** Linux's name for the processes that see each other by number; missing elsewhere. */
  processes?: string;
}

/** The machine that this process runs on. */
export function thisMachine(): Machine {
  return {
    host: hostname(),
    boot: told(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    processes: told(() => readlinkSync('/proc/self/ns/pid')),
  };
}

/**
 * Whether a machine is the one that this process runs on. Containers may have their machine's name, and then neither sees the
 * other's processes. One that has started again since is still the same machine: none of its earlier processes is left,
 * and nobody would be there to say so.
 * @param machine what is known of it; without a name, it is taken for this one
 */
export function isThisMachine({ host, boot, processes }: Partial<Machine>): boolean {
  const here = thisMachine();
  if (host !== undefined && host !== here.host) return false;
  if (boot === undefined || boot !== here.boot) return true;
  return processes === undefined || here.processes === undefined || processes === here.processes;
}

/**
 * When a process began, so that a later one with the same number isn't taken for it.
 * @returns clock ticks since the machine started; '' where the system doesn't tell (only Linux does)
 */
export async function beginningOf(pid: number): Promise<string> {
  // Field 22 of /proc/PID/stat.
  return (await statFields(pid))[19] ?? '';
}

/** The numbers of the processes that started this one, from its parent upwards. */
export async function ancestors(): Promise<number[]> {
  const pids: number[] = [];
  for (let pid = process.ppid; pid > 1 && !pids.includes(pid); pid = await parentOf(pid)) pids.push(pid);
  return pids;
}

/** What the system tells; undefined where it doesn't. */
function told(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

async function parentOf(pid: number): Promise<number> {
  const fields = await statFields(pid);
  if (fields.length > 1) return Number(fields[1]);
  // Other systems have no /proc; ps is part of each of them.
  const answer = await promisify(execFile)('ps', ['-o', 'ppid=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return Number(answer.stdout.trim());
}

/** From field 3 on: counted after the name in brackets, which may hold spaces. */
async function statFields(pid: number): Promise<string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
