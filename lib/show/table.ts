/** A table in the notebook: HTML, and the same as aligned plain text. */

import { InputError } from '../errors';
import { escapeHtml } from './escape-html';
import { showBundle, type Bundle } from './kernel';

/** What a table's cell may hold. */
export type Cell = string | number | bigint | boolean | null | undefined;

/** Rows by column name, or anything that gives such rows, like a nodejs-polars DataFrame. */
export type TableRows = readonly object[] | { toRecords(): object[] };

/** How a table looks. */
export interface TableOptions {
  /** A line above the table; default none. */
  caption?: string;
  /** Which columns, in which order; default all of the first row, in its order. */
  columns?: readonly string[];
  /** By column; default right for numbers, left for the rest. */
  align?: Readonly<Record<string, 'left' | 'right' | 'center'>>;
  /** By column, the text of a cell; default numbers with thousands separators and up to 4 decimals, `< 0.0001` below these. */
  format?: Readonly<Record<string, (value: Cell) => string>>;
  /** How many rows are shown at most, at least 1; default 50. The rest is counted below. */
  maxRows?: number;
}

interface Column {
  name: string;
  align: 'left' | 'right' | 'center';
  cells: string[];
}

const DECIMALS = 4;
const LEAST_SHOWN = (10 ** -DECIMALS).toFixed(DECIMALS);

/**
 * Shows rows as a table.
 * @param rows records with the same columns, or a DataFrame
 * @throws     InputError for a column that no row has
 * @example    show.table([{ part: 'train', photos: 162770 }]) // part | photos, 162,770 to the right
 */
export function table(rows: TableRows, options: TableOptions = {}): void {
  showBundle(tableBundle(rows, options));
}

/**
 * The bundle that `table` shows.
 * @param rows records with the same columns, or a DataFrame
 */
export function tableBundle(rows: TableRows, options: TableOptions = {}): Bundle {
  const records = recordsOf(rows);
  const { caption = '', maxRows = 50 } = options;
  const columns = columnsOf(records, maxRows, options);
  const hidden = Math.max(0, records.length - maxRows);
  const more = hidden > 0 ? `and ${hidden.toLocaleString('en-US')} more rows` : '';
  return { data: { 'text/html': htmlOf(columns, caption, more), 'text/plain': textOf(columns, caption, more) } };
}

function recordsOf(rows: TableRows): readonly Record<string, Cell>[] {
  // Asked by type, not with `in`: a DataFrame is a proxy that answers `in` for its columns only.
  const frame = rows as { toRecords?: () => object[] };
  return (typeof frame.toRecords === 'function' ? frame.toRecords() : rows) as readonly Record<string, Cell>[];
}

function columnsOf(records: readonly Record<string, Cell>[], maxRows: number, options: TableOptions): Column[] {
  const known = Object.keys(records[0] ?? {});
  const shown = records.slice(0, maxRows);
  return (options.columns ?? known).map((name) => {
    if (records.length > 0 && !records.some((record) => name in record)) {
      throw new InputError({
        where: 'table',
        found: `no column "${name}"`,
        expected: `one of ${known.join(', ')}`,
        remedy: 'Change `columns`',
      });
    }
    const values = shown.map((record) => record[name]);
    const numeric = values.some((value) => typeof value === 'number' || typeof value === 'bigint');
    const format = options.format?.[name] ?? formatOf(values);
    return { name, align: options.align?.[name] ?? (numeric ? 'right' : 'left'), cells: values.map(format) };
  });
}

// One number of decimals for the whole column, so that the points stand below each other.
function formatOf(values: readonly Cell[]): (value: Cell) => string {
  const numbers = values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  const decimals = numbers.every(Number.isInteger) ? 0 : Math.max(...numbers.map(decimalsOf));
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return (value) => {
    if (value === null || value === undefined) return '';
    if (typeof value === 'bigint') return value.toLocaleString('en-US');
    if (typeof value !== 'number') return String(value);
    // Such as a p-value, which is never 0.
    if (value !== 0 && Number(value.toFixed(DECIMALS)) === 0) return `${value > 0 ? '< ' : '> -'}${LEAST_SHOWN}`;
    return value.toLocaleString('en-US', digits);
  };
}

function decimalsOf(value: number): number {
  const [, fraction = ''] = value.toFixed(DECIMALS).replace(/0+$/, '').split('.');
  return fraction.length;
}

function htmlOf(columns: Column[], caption: string, more: string): string {
  // No colours and no width: the notebook's own table style fits its light and its dark theme.
  const head = columns
    .map((column) => `<th style="text-align: ${column.align}">${escapeHtml(column.name)}</th>`)
    .join('');
  const body = Array.from({ length: columns[0]?.cells.length ?? 0 }, (_, row) => {
    const cells = columns.map(({ align, cells }) => `<td style="text-align: ${align}">${escapeHtml(cells[row])}</td>`);
    return `<tr>${cells.join('')}</tr>`;
  });
  const above = caption ? `<p><b>${escapeHtml(caption)}</b></p>\n` : '';
  const below = more ? `\n<p>${escapeHtml(more)}</p>` : '';
  return `${above}<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>${below}`;
}

function textOf(columns: Column[], caption: string, more: string): string {
  const padded = columns.map(({ name, align, cells }) => {
    const width = Math.max(name.length, ...cells.map((cell) => cell.length));
    return [name, '-'.repeat(width), ...cells].map((cell) =>
      align === 'right' ? cell.padStart(width) : cell.padEnd(width),
    );
  });
  const lines = Array.from({ length: padded[0]?.length ?? 0 }, (_, row) =>
    padded
      .map((column) => column[row])
      .join('  ')
      .trimEnd(),
  );
  return [caption, ...lines, more].filter((line) => line !== '').join('\n');
}
