/** CelebA's tables of two columns: a photo's name, then a whole number. */

import { TextScanner } from './text-scanner';

/** Names and numbers of a table, row by row. */
export interface PairTable {
  /** Photos, in the table's order; no two alike. */
  files: string[];
  /** The number beside each name. */
  values: Int32Array;
}

const ALTERED = 'The file looks cut short or altered: copy it again';

/**
 * Reads a table without a header, a name and a number a line, and checks every line.
 * Accepts CRLF line ends, a byte order mark and blank lines at the end.
 * @param file     path of list_eval_partition.txt or identity_CelebA.txt
 * @param expected what the number may be, in words, such as `0, 1 or 2`
 * @param accepts  whether a number may stand in this table
 * @returns        all rows
 * @throws         InputError with the line where the file departs from that form
 */
export function parsePairs(file: string, expected: string, accepts: (value: number) => boolean): PairTable {
  const scanner = new TextScanner(file);
  const files: string[] = [];
  const values: number[] = [];
  const seen = new Set<string>();
  for (; !scanner.atEnd(); scanner.nextLine()) {
    const { line } = scanner;
    const words = scanner.words();
    if (words.length !== 2)
      throw scanner.error(
        `${words.length} ${words.length === 1 ? 'word' : 'words'}`,
        "a photo's name and a number",
        ALTERED,
        line,
      );
    const [name, text] = words;
    if (!/^\d+$/.test(text) || !accepts(Number(text))) {
      throw scanner.error(`"${text}" for ${name}`, expected, ALTERED, line);
    }
    if (seen.has(name)) throw scanner.error(`${name} again`, 'one row for each photo', ALTERED, line);
    seen.add(name);
    files.push(name);
    values.push(Number(text));
  }
  return { files, values: Int32Array.from(values) };
}
