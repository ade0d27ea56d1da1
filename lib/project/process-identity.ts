/** Which process is which: when one began, which one started it. */

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

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
