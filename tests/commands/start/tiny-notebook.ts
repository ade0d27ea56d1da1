/** Notebooks small enough to be written in a test. */

import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { project } from 'celeba-lab';
import type { NotebookCell, NotebookFile } from '../../../scripts/start/notebook-file';

/** Why a test that runs notebooks is skipped; false where it isn't. */
export const NO_KERNEL = existsSync(project.projectPath('.venv/share/jupyter/kernels/tslab'))
  ? false
  : 'no kernel: npm run setup has not run';

/**
 * A notebook of the given cells: text that begins with # is markdown, all else code.
 */
export function tinyNotebook(...sources: string[]): NotebookFile {
  const cells = sources.map((source): NotebookCell => {
    const common = { id: `c${sources.indexOf(source)}`, metadata: {}, source };
    if (source.startsWith('#')) return { ...common, cell_type: 'markdown' };
    return { ...common, cell_type: 'code', outputs: [], execution_count: null };
  });
  return { cells, metadata: { kernelspec: { name: 'tslab' } }, nbformat: 4, nbformat_minor: 5 };
}

/** A folder of notebooks that find the project's packages, as notebooks/ does; returns its path. */
export async function writeNotebooks(
  folder: string,
  name: string,
  notebooks: Record<string, NotebookFile>,
): Promise<string> {
  await mkdir(join(folder, name));
  await symlink(project.projectPath('node_modules'), join(folder, name, 'node_modules'));
  for (const [file, notebook] of Object.entries(notebooks))
    await writeFile(join(folder, name, file), JSON.stringify(notebook));
  return join(folder, name);
}
