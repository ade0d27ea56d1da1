/** CelebA's tables of two columns: a photo's name, then a whole number. */

import type { InputError } from '../errors';
import { DistinctNames } from './distinct-names';
import { TextScanner } from './text-scanner';

/** Names and numbers of a table, row by row. */
export interface PairTable {
  /** Photos, in the table's order; no two alike. */
  files: string[];
  /** The number beside each name. */
  values: Int32Array;
}

/** What a table's numbers may be. */
export interface PairRule {
  /** In words, such as `0, 1 or 2`. */
  expected: string;
  /** Whether a number may stand in this table. */
  accepts: (value: number) => boolean;
}

const ALTERED = 'The file looks cut short or altered: copy it again';

/**
 * Reads a table without a header, a name and a number a line, and checks every line.
 * Accepts CRLF line ends, a byte order mark and blank lines at the end.
 * @param file  path of list_eval_partition.txt or identity_CelebA.txt, for messages
 * @param rule  what the numbers may be
 * @param bytes the file
 * @param likely names of another table, no two alike: the same names in the same order are compared, which is faster
 * @returns     all rows
 * @throws      InputError with the line where the file departs from that form
 */
export function parsePairs(
  file: string,
  { expected, accepts }: PairRule,
  bytes: Uint8Array,
  likely?: readonly string[],
): PairTable {
  const scanner = new TextScanner(file, bytes);
  const values: number[] = [];
  const names = new DistinctNames(likely);
  for (; !scanner.atEnd(); scanner.nextLine()) {
    const { line } = scanner;
    const name = scanner.word(names.next()) as string;
    const value = scanner.count();
    if (value < 0 || !scanner.atLineEnd() || !accepts(value)) throw rowError(scanner, name, value, expected);
    if (!names.add(name)) throw scanner.error(`${name} again`, 'one row for each photo', ALTERED, line);
    values.push(value);
  }
  return { files: names.all, values: new Int32Array(values) };
}

/** What is wrong with a row whose name, and maybe number, are read. */
function rowError(scanner: TextScanner, name: string, value: number, expected: string): InputError {
  const { line } = scanner;
  const rest = scanner.words();
  const count = 1 + rest.length + (value < 0 ? 0 : 1);
  if (count !== 2) {
    return scanner.error(`${count} ${count === 1 ? 'word' : 'words'}`, "a photo's name and a number", ALTERED, line);
  }
  return scanner.error(`"${value < 0 ? rest[0] : value}" for ${name}`, expected, ALTERED, line);
}
