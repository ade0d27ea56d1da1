/** CelebA's tables as CSV, as Kaggle hands them out, read by polars and checked. */

import { basename } from 'node:path';
import pl from 'nodejs-polars';
import { InputError } from '../errors';
import { isWebPage, REFUSED_DOWNLOAD } from '../files';
import { DistinctNames } from './distinct-names';
import type { AttributeTable } from './parse-attributes';
import type { PairRule, PairTable } from './parse-pairs';

const QUOTE = 0x22;
const COMMA = 0x2c;
const NEWLINE = 0x0a;
const SPACE = 0x20;
const SIGN: PairRule = { expected: '1 or -1', accepts: (value) => value === 1 || value === -1 };
const ALTERED = 'The file looks cut short or altered: copy it again';

/**
 * Reads list_attr_celeba.csv. The first column holds the photos' names, whatever its heading: one copy has a blank there.
 * @param file  its path, for messages
 * @param bytes the file
 * @returns     all rows
 * @throws      InputError with the line where a name comes twice or a value is neither 1 nor -1
 */
export function parseCsvAttributes(file: string, bytes: Uint8Array): AttributeTable {
  const table = readCsv(file, bytes);
  const attributes = table.columns.slice(1);
  if (attributes.length === 0) throw fault(file, 'one column', "names of photos, then the attributes' columns", 1);
  const files = namesIn(table, file);
  const columns = attributes.map((name) => {
    return numbersIn(columnIn(table, name), file, files, SIGN, Int8Array);
  });
  return { files, attributes, columns };
}

/**
 * Reads list_eval_partition.csv or identity_CelebA.csv: a name and a number a row, after a heading.
 * @param file  its path, for messages
 * @param rule  what the numbers may be
 * @param bytes the file
 * @returns     all rows
 * @throws      InputError with the line at fault
 */
export function parseCsvPairs(file: string, rule: PairRule, bytes: Uint8Array): PairTable {
  const table = readCsv(file, bytes);
  const found = table.width === 1 ? 'one column' : `${table.width} columns`;
  if (table.width !== 2) throw fault(file, found, "two: a photo's name and a number", 1);
  const files = namesIn(table, file);
  return { files, values: numbersIn(columnIn(table, table.columns[1]), file, files, rule, Int32Array) };
}

function readCsv(file: string, bytes: Uint8Array): pl.DataFrame {
  let end = bytes.byteLength;
  // Editors end files with blank lines, which polars takes for rows.
  while (end > 0 && bytes[end - 1] <= SPACE) end--;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, end);
  const start = text.toString('latin1', 0, 256);
  if (start.trim() === '') throw fault(file, 'nothing', 'rows');
  if (isWebPage(text)) throw fault(file, 'a web page', 'a table', undefined, REFUSED_DOWNLOAD);
  try {
    // Text first: a number that isn't one is then found with its line, instead of refusing or emptying the column.
    const table = pl.readCSV(text, { inferSchemaLength: 0 });
    checkWidths(text, table.width, file);
    if (table.height > 0) return table;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw fault(
      file,
      `rows that don't fit its heading (${firstLine(error)})`,
      'as many values as headings in each row',
    );
  }
  throw fault(file, 'a heading only', 'a row for each photo');
}

/** Polars fills up what is too short and cuts off what is too long; here both are faults. */
function checkWidths(text: Uint8Array, width: number, file: string): void {
  let line = 1;
  let values = 1;
  let quoted = false;
  let blank = true;
  for (let i = 0; i <= text.length; i++) {
    const byte = text[i];
    if (byte === QUOTE) quoted = !quoted;
    if (byte === COMMA && !quoted) values++;
    if (byte !== undefined && byte !== NEWLINE) blank &&= byte <= SPACE;
    if (i < text.length && (byte !== NEWLINE || quoted)) continue;
    if (!blank && values !== width) {
      throw fault(file, `${values} value${values === 1 ? '' : 's'}`, `${width}, one for each heading`, line);
    }
    line++;
    values = 1;
    blank = true;
  }
}

function columnIn(table: pl.DataFrame, name: string): pl.Series {
  return table.getColumn(name);
}

function namesIn(table: pl.DataFrame, file: string): string[] {
  const files = table.getColumn(table.columns[0]).toArray() as (string | null)[];
  const distinct = new DistinctNames();
  files.forEach((name, row) => {
    if (!name) throw fault(file, 'no name', "a photo's name", row + 2);
    if (!distinct.add(name)) throw fault(file, `${name} again`, 'one row for each photo', row + 2);
  });
  return files as string[];
}

function numbersIn<T extends Int8Array | Int32Array>(
  series: pl.Series,
  file: string,
  files: readonly string[],
  { expected, accepts }: PairRule,
  Numbers: new (length: number) => T,
): T {
  const numbers = new Numbers(files.length);
  const words = series.toArray() as (string | null)[];
  words.forEach((word, row) => {
    const value = Number(word);
    // Number takes blanks for 0, and 0x1 and 1e0 for 1.
    if (!word || !/^-?\d+$/.test(word.trim()) || !accepts(value)) {
      const found = word ? `"${word.slice(0, 40)}"` : 'nothing';
      throw fault(file, `${found} for ${files[row]}, ${series.name}`, expected, row + 2);
    }
    numbers[row] = value;
  });
  return numbers;
}

function fault(file: string, found: string, expected: string, line?: number, remedy = ALTERED): InputError {
  return new InputError({
    where: line === undefined ? file : `${basename(file)}, line ${line}`,
    found,
    expected,
    remedy,
  });
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .split('\n')[0]
    .slice(0, 80);
}
