/** The machine that measures. */

import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { readCpuInfo } from 'celeba-lab/dist/tensorflow/cpu-info';

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
  return hasBfloat16(readCpuInfo());
}

/**
 * @param cpuinfo text of /proc/cpuinfo
 * @example       hasBfloat16('flags : fpu avx512_bf16') // true
 */
export function hasBfloat16(cpuinfo: string): boolean {
  return /^flags\s*:.*\b(avx512_bf16|amx_bf16)\b/m.test(cpuinfo);
}

/**
 * Memory of a process, as Linux counts it, in bytes.
 * @param pid   its number, or this one itself
 * @param field VmRSS: held now; VmHWM: the most it ever held
 * @throws      the system's error where there is no such process, or no /proc
 */
export function memoryOf(pid: number | 'self', field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return 1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0);
}
