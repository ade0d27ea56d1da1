/** Where a run's results go: a folder apart from the sources, in which only files that the run writes are removed. */

import { realpath, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { InputError } from 'celeba-lab/dist/errors';
import { projectPath } from 'celeba-lab/dist/project';

// Folders of the project that hold sources only.
const SOURCES = ['notebooks', 'lib', 'scripts', 'tests'];

/** Where the executed notebook is written, absolute. */
export function executedFile(outputs: string, notebook: string): string {
  return join(outputs, 'notebooks', basename(notebook));
}

/**
 * Refuses a folder whose results would lie among sources, or whose `notebooks` are the very ones that run. Links count as
 * what they lead to.
 * @param outputs   absolute path; it may not be there yet
 * @param notebooks absolute path of the folder of the notebooks that run
 * @param root      the project's folder; default this project's
 * @throws          InputError that says to take another folder
 */
export async function checkOutputs(outputs: string, notebooks: string, root = projectPath()): Promise<void> {
  const [folder, project, running] = await Promise.all([outputs, root, notebooks].map(realPlace));
  if (folder === project) throw refused(outputs, "the project's own folder");
  const source = SOURCES.find((name) => isInside(folder, join(project, name)));
  if (source !== undefined) throw refused(outputs, `a folder in the project's ${source}/`);
  const executed = await realPlace(join(outputs, 'notebooks'));
  if ([running, join(project, 'notebooks')].includes(executed))
    throw refused(outputs, 'a folder whose notebooks/ are the sources');
}

/** Removes what an earlier run left in the place of what this one writes; other files stay. */
export async function removeEarlierResults(outputs: string, notebooks: string[]): Promise<void> {
  const files = notebooks.map((notebook) => executedFile(outputs, notebook));
  for (const file of [join(outputs, 'report.json'), ...files]) await rm(file, { force: true });
}

/** With links followed, as far as the path exists. */
async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error;
    return join(await realPlace(dirname(path)), basename(path));
  }
}

function isInside(path: string, folder: string): boolean {
  return relative(folder, path).split(sep)[0] !== '..';
}

function refused(outputs: string, found: string): InputError {
  return new InputError({
    where: `OUTPUTS, ${outputs}`,
    found,
    expected: 'a folder for results alone',
    remedy: 'Set OUTPUTS to another folder, or leave it out',
  });
}
