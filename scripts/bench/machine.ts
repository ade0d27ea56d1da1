/** The machine that measures. */

import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';

/** What figures depend on; no name of a computer. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryBytes: number;
  /** Whether its cores compute in bfloat16. */
  bfloat16: boolean;
}

/** This machine. */
export function describeMachine(): Machine {
  const cpu = cpus()[0]?.model.trim() || process.arch;
  return { cpu, cores: availableParallelism(), memoryBytes: totalmem(), bfloat16: computesInBfloat16() };
}

/** Whether the CPU has instructions for bfloat16; false where the system doesn't tell. */
export function computesInBfloat16(): boolean {
  try {
    return hasBfloat16(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return false;
  }
}

/**
 * @param cpuinfo text of /proc/cpuinfo
 * @example       hasBfloat16('flags : fpu avx512_bf16') // true
 */
export function hasBfloat16(cpuinfo: string): boolean {
  return /^flags\s*:.*\b(avx512_bf16|amx_bf16)\b/m.test(cpuinfo);
}
