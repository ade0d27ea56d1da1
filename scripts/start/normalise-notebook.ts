/** A notebook with its outputs, written so that the same results give the same bytes. */

import { textOf, type NotebookCell, type NotebookFile, type NotebookOutput } from './notebook-file';

const KERNELSPEC = { display_name: 'TypeScript', language: 'typescript', name: 'tslab' };
// As tslab tells it, without the version, which no reader needs and which changes with the package.
const LANGUAGE_INFO = {
  codemirror_mode: { mode: 'typescript', name: 'javascript', typescript: true },
  file_extension: '.ts',
  mimetype: 'text/typescript',
  name: 'typescript',
};
// A number that stands alone in its line, as in indented JSON each does; strings hold no line ends. JavaScript writes as 0.00001 and
// 1e-7 what Python's JSON, and with it JupyterLab, writes as 1e-05 and 1e-07.
const SMALL_NUMBER = /^(\s*(?:"(?:[^"\\]|\\.)*": )?)(-?(?:0\.0000\d+|\d(?:\.\d+)?e-\d))(,?)$/gm;
// What else cells carry is left by editors: collapsed and scrolled states, times of execution.
const KEPT_CELL_METADATA = ['tags'];

/**
 * The source notebook's cells with the executed one's outputs: no execution counts, times or editor's traces, keys sorted,
 * text in lines and numbers, as nbformat writes files: saving in JupyterLab changes nothing in them.
 * @param source   the notebook as it is kept
 * @param executed the same notebook after a run
 * @returns        the file's text
 */
export function normaliseNotebook(source: NotebookFile, executed: NotebookFile): string {
  const notebook: NotebookFile = {
    cells: source.cells.map((cell, i) => normaliseCell(cell, executed.cells[i]?.outputs ?? [], i)),
    metadata: { kernelspec: KERNELSPEC, language_info: LANGUAGE_INFO },
    nbformat: 4,
    nbformat_minor: 5,
  };
  const text = JSON.stringify(sortKeys(notebook), null, 1);
  return `${text.replace(SMALL_NUMBER, (_, before: string, value: string, after: string) => before + asPython(value) + after)}\n`;
}

/** The same number, with an exponent of two digits at least. */
function asPython(value: string): string {
  return Number(value)
    .toExponential()
    .replace(/e-(\d)$/, 'e-0$1');
}

function normaliseCell(cell: NotebookCell, outputs: NotebookOutput[], index: number): NotebookCell {
  const kept = KEPT_CELL_METADATA.filter((key) => key in cell.metadata).map((key) => [key, cell.metadata[key]]);
  const common: NotebookCell = {
    cell_type: cell.cell_type,
    // nbformat 4.5 wants an id; a random one would differ each time.
    id: cell.id ?? `cell-${String(index + 1).padStart(2, '0')}`,
    metadata: Object.fromEntries(kept) as Record<string, unknown>,
    source: toLines(textOf(cell.source)),
  };
  if (cell.cell_type !== 'code') return common;
  return { ...common, execution_count: null, outputs: joinStreams(outputs).map(normaliseOutput) };
}

/** Text arrives in pieces that depend on the machine's pace; one stream is one output. */
function joinStreams(outputs: NotebookOutput[]): NotebookOutput[] {
  const joined: NotebookOutput[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name)
      joined[joined.length - 1] = { ...last, text: textOf(last.text) + textOf(output.text) };
    else joined.push(output);
  }
  return joined;
}

function normaliseOutput(output: NotebookOutput): NotebookOutput {
  const { output_type, name, text, data, metadata } = output;
  if (output_type === 'stream') return { output_type, name, text: toLines(textOf(text)) };
  const count = output_type === 'execute_result' ? { execution_count: null } : {};
  return { output_type, data, metadata: metadata ?? {}, ...count };
}

function toLines(text: string): string[] {
  return text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, child]) => [key, sortKeys(child)]));
}
