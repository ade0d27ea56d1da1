/** Notebook files: which there are, and what their cells are about. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from 'celeba-lab/dist/errors';
import { readingFault } from 'celeba-lab/dist/files';

/** A cell as nbformat 4 stores it; text is one string or a list of lines. */
export interface NotebookCell {
  cell_type: 'code' | 'markdown' | 'raw';
  source: string | string[];
  metadata: Record<string, unknown>;
  id?: string;
  outputs?: NotebookOutput[];
  execution_count?: number | null;
}

/** One output of a cell. */
export interface NotebookOutput {
  output_type: 'stream' | 'display_data' | 'execute_result' | 'error';
  name?: string;
  text?: string | string[];
  data?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  execution_count?: number | null;
}

/** A whole notebook file. */
export interface NotebookFile {
  cells: NotebookCell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

/**
 * The numbered notebooks of a folder, in reading order.
 * @param folder absolute path
 * @param chosen beginnings of the names to take, such as `03`; none takes all
 * @returns      absolute paths
 * @throws       InputError where the folder holds none, or none with a chosen beginning, or may not be read; else the system's
 *               error
 */
export async function listNotebooks(folder: string, chosen: string[] = []): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (['ENOENT', 'ENOTDIR'].includes(error.code ?? '')) return [];
    throw readingFault(folder, 'folder', 'notebooks', error);
  });
  const numbered = names.filter((name) => /^\d\d-.*\.ipynb$/.test(name)).sort();
  if (numbered.length === 0) throw noNotebook(folder, 'no notebook', 'files named like 01-celeba.ipynb');
  for (const beginning of chosen) {
    if (!numbered.some((name) => name.startsWith(beginning)))
      throw noNotebook(folder, `no notebook that begins with "${beginning}"`, `one of ${numbered.join(', ')}`);
  }
  return numbered
    .filter((name) => chosen.length === 0 || chosen.some((beginning) => name.startsWith(beginning)))
    .map((name) => join(folder, name));
}

function noNotebook(where: string, found: string, expected: string): InputError {
  return new InputError({ where, found, expected, remedy: 'Check the name, or get the notebooks back from git' });
}

/**
 * Reads a notebook.
 * @throws InputError where the file is not a notebook
 */
export async function readNotebook(file: string): Promise<NotebookFile> {
  try {
    const notebook = JSON.parse(await readFile(file, 'utf8')) as NotebookFile;
    if (Array.isArray(notebook.cells)) return notebook;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new InputError({
    where: file,
    found: 'something else than a notebook',
    expected: 'JSON with a list of cells',
    remedy: 'Get it back from git',
  });
}

/** A notebook's text as one string, whichever way it is stored. */
export function textOf(text: string | string[] | undefined): string {
  return Array.isArray(text) ? text.join('') : (text ?? '');
}

/** What a code cell is about, for whoever follows the run. */
export interface CellLabel {
  /** 1 for the first code cell that runs. */
  number: number;
  /** The heading above it; the file's title above the first. */
  heading: string;
}

/**
 * Labels of the code cells that run, by their index in the file.
 */
export function labelCells(notebook: NotebookFile): Map<number, CellLabel> {
  const labels = new Map<number, CellLabel>();
  let heading = '';
  notebook.cells.forEach((cell, index) => {
    const source = textOf(cell.source);
    if (cell.cell_type === 'markdown') heading = /^#+\s+(.+)$/m.exec(source)?.[1].trim() ?? heading;
    if (cell.cell_type === 'code' && source.trim() !== '') labels.set(index, { number: labels.size + 1, heading });
  });
  return labels;
}
