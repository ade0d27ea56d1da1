/** Types of project.mjs, for the commands written in TypeScript. */

import type { SetupProject } from './steps.mjs';

export function openProject(root?: string, env?: NodeJS.ProcessEnv): SetupProject;
export function toolEnvironment(project: SetupProject): NodeJS.ProcessEnv;
