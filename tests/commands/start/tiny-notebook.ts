/** Notebooks small enough to be written in a test. */

import type { NotebookCell, NotebookFile } from '../../../scripts/start/notebook-file';

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
