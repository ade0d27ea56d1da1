/** What the system tells of the CPU. */

import { readFileSync } from 'node:fs';

/**
 * Linux's description of the CPUs, whose `flags` name their instructions.
 * @returns the text of /proc/cpuinfo; an empty one on another system, or where it can't be read
 */
export function readCpuInfo(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return '';
  }
}
