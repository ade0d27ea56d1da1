/** The environment of pip where a command installs packages on its first use: set-up's own. */

import { mkdir } from 'node:fs/promises';
import { InputError } from 'celeba-lab/dist/errors';
import { projectPath } from 'celeba-lab/dist/project';

/**
 * Cache and scratch files stay inside the project, unless the user says where, and no setting of the user's sends packages
 * elsewhere. Makes the folder for scratch files.
 * @param env default the process's environment
 * @returns   a new environment
 * @throws    InputError where pip's configuration sends packages elsewhere
 */
export async function pipEnvironment(env: NodeJS.ProcessEnv = process.env): Promise<NodeJS.ProcessEnv> {
  const { openProject, toolEnvironment } = await import('./project.mjs');
  const tools = toolEnvironment(openProject(projectPath(), env));
  if (tools.TMPDIR) await mkdir(tools.TMPDIR, { recursive: true });
  const { placeElsewhere } = await import('./pip-places.mjs');
  const fault = placeElsewhere(projectPath('.venv', 'bin', 'python'), tools);
  if (fault) throw new InputError(fault);
  return tools;
}
