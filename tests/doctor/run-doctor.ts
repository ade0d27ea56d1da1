/** Runs the doctor on a copy of the project, as a user does. */

import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HEALTHY } from './project-copy';

const SCRIPTS = resolve(__dirname, '..', '..', 'scripts');
const DOCTOR = resolve(SCRIPTS, 'doctor.mjs');

/** One part, as the doctor saw it. */
export interface Finding {
  name: string;
  title: string;
  state: 'fine' | 'doubtful' | 'broken' | 'unchecked';
  detail: string;
  cure?: string;
}

/** What a run came to. */
export interface DoctorRun {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The doctor's words and exit code. */
export function runDoctor(root: string, args: string[], env: NodeJS.ProcessEnv = {}): DoctorRun {
  const options = { cwd: root, env: { ...HEALTHY, ...env }, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [DOCTOR, '--root', root, ...args], options);
  return { code: status, stdout, stderr };
}

/**
 * What the doctor finds in some parts.
 * @param parts which; default all
 * @returns     the findings in order, and the exit code
 */
export function examine(root: string, parts: string[] = [], env: NodeJS.ProcessEnv = {}) {
  const { code, stdout, stderr } = runDoctor(root, ['--json', ...parts], env);
  if (stdout === '') throw new Error(`the doctor said nothing: ${stderr}`);
  const lines = stdout.trim().split('\n');
  return { code, findings: lines.map((line) => JSON.parse(line) as Finding) };
}

/** The one finding about a part, which must be broken. */
export function brokenPart(root: string, part: string, env: NodeJS.ProcessEnv = {}): { detail: string; cure: string } {
  const { code, findings } = examine(root, [part], env);
  const { state, detail, cure = '' } = findings[0];
  if (state !== 'broken' || code !== 1) throw new Error(`${part} is ${state} (exit code ${code}): ${detail}`);
  return { detail, cure };
}

interface DoctorModules {
  openProject: (root: string, env: NodeJS.ProcessEnv) => object;
  examine: (project: object, options: { names: string[]; machine: object }) => Promise<Finding[]>;
}

/** What the doctor finds in a part on a machine that is only described. */
export async function examineOn(
  root: string,
  part: string,
  machine: { node?: string; freeBytes?: number },
): Promise<Finding> {
  const files = ['setup/project.mjs', 'doctor/examine.mjs'].map((file) => pathToFileURL(resolve(SCRIPTS, file)).href);
  const modules = await Promise.all(files.map((file) => import(file) as Promise<object>));
  const { openProject, examine: examineProject } = Object.assign({}, ...modules) as DoctorModules;
  return (await examineProject(openProject(root, HEALTHY), { names: [part], machine }))[0];
}
