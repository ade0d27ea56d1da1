/** Where a run's results go: a folder in which only files that the run writes are removed. */

import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { projectPath, realOutputs, realPlace, refusedOutputs } from 'celeba-lab/dist/project';

/** Where the executed notebook is written, absolute. */
export function executedFile(outputs: string, notebook: string): string {
  return join(outputs, 'notebooks', basename(notebook));
}

/**
 * Refuses a folder whose `notebooks` are the very ones that run, or the project's own. Links count as what they lead to.
 * @param outputs   absolute path; it may not be there yet
 * @param notebooks absolute path of the folder of the notebooks that run
 * @param root      the project's folder; default this project's
 * @throws          InputError that says to take another folder
 */
export function checkExecuted(outputs: string, notebooks: string, root = projectPath()): void {
  const sources = [notebooks, join(root, 'notebooks')].map(realPlace);
  if (sources.includes(realOutputs(outputs, 'notebooks')))
    throw refusedOutputs(outputs, 'a folder whose notebooks/ are the sources');
}

// As the notebooks save them: save: `${settings.outputs}/plots/NAME.png`.
const CHART = /\/plots\/([\w-]+\.png)/g;

/** Removes what an earlier run left in the place of what this one writes, or may write; other files stay. */
export async function removeEarlierResults(outputs: string, notebooks: string[]): Promise<void> {
  const files = notebooks.map((notebook) => executedFile(outputs, notebook));
  const sources = await Promise.all(notebooks.map((notebook) => readFile(notebook, 'utf8')));
  const charts = sources.flatMap((source) =>
    [...source.matchAll(CHART)].map(([, name]) => join(outputs, 'plots', name)),
  );
  for (const file of [join(outputs, 'report.json'), ...files, ...charts]) await rm(file, { force: true });
}
