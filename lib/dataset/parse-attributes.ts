/** list_attr_celeba.txt as plain arrays: names of photos, and one column of 1 and -1 for each attribute. */

import { DistinctNames } from './distinct-names';
import { TextScanner } from './text-scanner';

/** The attribute table. */
export interface AttributeTable {
  /** Photos, in the table's order; no two alike. */
  files: string[];
  /** Attributes, in the table's order; 40 in CelebA, at least one. */
  attributes: string[];
  /** For each attribute a column: 1 or -1 for each photo; parquet files may leave one unknown, which is 0. */
  columns: Int8Array[];
}

const CUT_SHORT = 'The file looks cut short or altered: copy it again';

/**
 * Reads the attribute table and checks every line; takes about a tenth of a second for CelebA's 202,599 rows.
 * Accepts CRLF line ends, a byte order mark and blank lines at the end.
 * @param file  path of list_attr_celeba.txt, for messages
 * @param bytes the file: the number of photos, the names, then a row for each photo
 * @returns     all rows
 * @throws      InputError with the line where the file departs from that form
 */
export function parseAttributes(file: string, bytes: Uint8Array): AttributeTable {
  const scanner = new TextScanner(file, bytes);
  const rowCount = readCount(scanner);
  const attributes = readNames(scanner);
  // A damaged count may be any number; each value takes two bytes of the file, a blank and a digit, but for one a row.
  const mostRows = Math.ceil(scanner.bytes.length / (2 * attributes.length));
  const columns = attributes.map(() => new Int8Array(Math.min(rowCount, mostRows)));
  const names = new DistinctNames();
  const files = names.all;
  for (; !scanner.atEnd(); scanner.nextLine()) {
    if (files.length === rowCount) throw countError(scanner, rowCount, `more rows than that`);
    const name = scanner.word() as string;
    if (!names.add(name)) throw scanner.error(`${name} again`, 'one row for each photo', CUT_SHORT, scanner.line);
    readValues(scanner, columns, files.length - 1, name);
  }
  if (files.length < rowCount) throw countError(scanner, rowCount, `${files.length} rows`);
  return { files, attributes, columns };
}

function readCount(scanner: TextScanner): number {
  const words = scanner.words();
  const count = Number(words[0]);
  if (words.length !== 1 || !/^\d+$/.test(words[0]) || count < 1) {
    throw scanner.error(`"${shorten(words.join(' '))}"`, 'the number of photos, alone', CUT_SHORT, 1);
  }
  scanner.nextLine();
  return count;
}

function readNames(scanner: TextScanner): string[] {
  const names = scanner.words();
  if (names.length === 0) throw scanner.error('no names', "the attributes' names", CUT_SHORT, 2);
  if (names.some((name) => /^-?\d+$/.test(name))) {
    throw scanner.error(`"${shorten(names.join(' '))}"`, "the attributes' names, such as Male", CUT_SHORT, 2);
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw scanner.error(`${twice} twice`, 'each name once', CUT_SHORT, 2);
  scanner.nextLine();
  return names;
}

function readValues(scanner: TextScanner, columns: Int8Array[], row: number, name: string): void {
  const count = scanner.signs(columns, row);
  if (count < columns.length) throw valueError(scanner, count, columns.length, name);
  if (!scanner.atLineEnd()) throw valueError(scanner, columns.length + scanner.words().length, columns.length, name);
}

function valueError(scanner: TextScanner, found: number, expected: number, name: string): Error {
  const { line } = scanner;
  if (found < expected && !scanner.atLineEnd()) {
    return scanner.error(`"${shorten(scanner.word() ?? '')}" for ${name}`, '1 or -1', CUT_SHORT, line);
  }
  const values = `${expected} ${expected === 1 ? 'value' : 'values'}`;
  return scanner.error(`${found} for ${name}`, `${values}, one for each name on line 2`, CUT_SHORT, line);
}

function countError(scanner: TextScanner, promised: number, found: string): Error {
  return scanner.error(found, `${promised}, as line 1 says`, CUT_SHORT);
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
