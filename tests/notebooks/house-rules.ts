/** What every notebook of this project keeps to; each rule returns sentences about what breaks it. */

import type { NotebookCell, NotebookFile, NotebookOutput } from '../../scripts/start/notebook-file';

const LONGEST_CODE_LINES = 20;
// JupyterLab shows about so many beside its sidebar.
const WIDEST_COLUMNS = 130;
const LONGEST_TEXT_WORDS = 85;
const VEGA_LITE = 'application/vnd.vegalite.v5+json';
// Folders of users and of temporary files; an address on the web has no blank or quote before its first slash.
const ABSOLUTE_PATH = /(?<![\w/.:~-])\/(home|Users|root|tmp|private|var|work|opt|usr|mnt|builds)\/[\w.-]+/;

/** Faults in what its author wrote: cells, their order, imports. */
export function faultsOfSource(notebook: NotebookFile): string[] {
  return [
    ...faultsOfOpening(notebook),
    ...notebook.cells.flatMap((cell, i) => faultsOfLength(cell, i)),
    ...faultsOfOrder(notebook.cells),
    ...faultsOfImports(notebook),
  ];
}

/** Faults in what a run left: stray values, paths, errors, charts that some viewers don't show. */
export function faultsOfOutputs(notebook: NotebookFile, userName: string): string[] {
  return notebook.cells.flatMap((cell, i) =>
    (cell.outputs ?? []).flatMap((output) => faultsOfOutput(output, userName).map((fault) => `${place(i)} ${fault}`)),
  );
}

function faultsOfOpening({ cells, metadata }: NotebookFile): string[] {
  const text = sourceOf(cells[0]);
  const faults = [];
  if (cells[0].cell_type !== 'markdown' || !text.startsWith('# ')) faults.push("doesn't begin with its title");
  if (!/^1\. /m.test(text)) faults.push("doesn't begin with numbered steps");
  if (!/\]\(\d\d-[\w-]+\.ipynb\)/.test(text)) faults.push('links to no other notebook');
  if ((metadata.kernelspec as { name?: string } | undefined)?.name !== 'tslab') faults.push('is for another kernel');
  return faults;
}

function faultsOfLength(cell: NotebookCell, index: number): string[] {
  const text = sourceOf(cell);
  const lines = text.split('\n');
  const wide = lines.find((line) => line.length > WIDEST_COLUMNS && !line.startsWith('import '));
  const words = text.split(/\s+/).filter((word) => word !== '').length;
  if (cell.cell_type === 'code' && lines.length > LONGEST_CODE_LINES)
    return [`${place(index)} has ${lines.length} lines`];
  if (wide !== undefined) return [`${place(index)} has a line of ${wide.length} columns`];
  if (cell.cell_type !== 'code' && words > LONGEST_TEXT_WORDS) return [`${place(index)} has ${words} words`];
  return words === 0 ? [`${place(index)} is empty`] : [];
}

/** Text and code in turn; a second code cell only if it uses a name of the first, or follows the import. */
function faultsOfOrder(cells: NotebookCell[]): string[] {
  return cells.flatMap((cell, i) => {
    const before = cells[i - 1];
    if (before === undefined || before.cell_type !== cell.cell_type) return [];
    if (cell.cell_type !== 'code') return [`${place(i)} is a second text cell in a row`];
    if (cells[i - 2]?.cell_type === 'code') return [`${place(i)} is a third code cell in a row`];
    const names = declaredNames(sourceOf(before));
    const uses = names.some((name) => new RegExp(`\\b${name}\\b`).test(sourceOf(cell)));
    return uses ? [] : [`${place(i)} is a second code cell in a row and uses nothing of the first`];
  });
}

function declaredNames(source: string): string[] {
  const plain = [...source.matchAll(/^(?:export )?(?:async )?(?:const|let|function|class) (\w+)/gm)].map(
    ([, name]) => name,
  );
  const braced = [...source.matchAll(/^(?:import|const|let) [{[]([^}\]]*)[}\]]/gm)].flatMap(([, list]) =>
    list.split(','),
  );
  return [...plain, ...braced.map((name) => name.replace(/.*:/, '').trim())].filter((name) => name !== '');
}

function faultsOfImports({ cells }: NotebookFile): string[] {
  const code = cells.filter((cell) => cell.cell_type === 'code').map(sourceOf);
  const imports = code.flatMap((text) =>
    text.split('\n').filter((line) => /^import\b|\brequire\(|\bimport\(/.test(line)),
  );
  if (imports.length !== 1 || !imports[0].endsWith(" from 'celeba-lab';"))
    return ['has other than one import line, from celeba-lab'];
  if (code[0] !== imports[0]) return ["doesn't import in a first cell of its own"];
  const names = declaredNames(imports[0]);
  const rest = code.slice(1).join('\n');
  return names
    .filter((name) => !new RegExp(`\\b${name}\\.`).test(rest))
    .map((name) => `imports ${name} without using it`);
}

function faultsOfOutput(output: NotebookOutput, userName: string): string[] {
  const { data = {} } = output;
  const texts = [
    textOf(output.text),
    ...Object.entries(data)
      .filter(([mime]) => mime.startsWith('text/'))
      .map(([, text]) => textOf(text)),
  ];
  const all = texts.join('\n');
  const faults = [];
  if (output.output_type === 'error' || output.name === 'stderr') faults.push(`writes an error: ${all.slice(0, 200)}`);
  if (texts.some((text) => text.split('\n').some((line) => line.trim() === 'undefined')))
    faults.push('prints undefined');
  const path = ABSOLUTE_PATH.exec(all)?.[0];
  if (path !== undefined) faults.push(`shows the absolute path ${path}`);
  if (userName.length > 4 && all.includes(userName)) faults.push(`shows the user name ${userName}`);
  const charts = Object.keys(data).filter((mime) => mime.includes('vega'));
  if (charts.some((mime) => mime !== VEGA_LITE)) faults.push(`holds a chart as ${charts.join(', ')}`);
  if (charts.length > 0 && data['image/png'] === undefined) faults.push('holds a chart without PNG');
  return faults;
}

/** A cell's text. */
export function sourceOf(cell: NotebookCell): string {
  return textOf(cell.source);
}

function textOf(text: unknown): string {
  return Array.isArray(text) ? text.join('') : typeof text === 'string' ? text : '';
}

function place(index: number): string {
  return `cell ${index + 1}`;
}
