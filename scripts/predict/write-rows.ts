/** Prediction rows as text: one JSON object a line, CSV, or columns to read. */

import { csvCell } from 'celeba-lab/dist/files';
import { percent } from '../percent';
import { answerWords, remarkOf, type AnsweredRow, type ResultRow } from './result-row';

// More would not fit a line; then only the predicted class's probability is shown.
const MOST_CLASS_COLUMNS = 4;
// The longest text before a further face of a photo; only a photo of a hundred faces has a longer one.
const FURTHER_FACE = '  face 99';
const CANT_TELL = answerWords({ label: '', abstained: true });
// Spreading more into one call would overflow the stack.
const MEASURED_FILES = 10_000;

/** Turns rows into lines. */
export interface RowFormat {
  /** Before the first row; may be empty. */
  head(): string;
  /** One row, with its line end. */
  row(row: ResultRow): string;
  /** After the last row; may be empty. */
  foot(): string;
}

/** One JSON object a line, the fields of `ResultRow`. */
export function jsonLines(): RowFormat {
  return { head: () => '', row: (row) => `${JSON.stringify(row)}\n`, foot: () => '' };
}

/**
 * A line of names, then a line a photo; the answer is the largest face's.
 * @param classNames by class index
 * @source           RFC 4180 for the quotes
 */
export function csvLines(classNames: readonly string[]): RowFormat {
  const line = (cells: (string | number)[]): string => `${cells.map(csvCell).join(',')}\n`;
  const names = ['file', 'label', 'probability', ...classNames.map((name) => `probability of ${name}`)];
  return {
    head: () => line([...names, 'abstained', 'reason', 'faces', 'error']),
    row: (row) => {
      if (row.error !== undefined) return line([row.file, '', '', ...classNames.map(() => ''), '', '', '', row.error]);
      const shares = classNames.map((name) => row.probabilities?.[name] ?? '');
      const answer = [row.file, row.label ?? '', row.probability ?? '', ...shares];
      return line([...answer, String(row.abstained), remarkOf(row), row.faces.length, '']);
    },
    foot: () => '',
  };
}

/**
 * Aligned columns and a closing sentence; each further face of a photo has a line of its own.
 * @param files      all paths that will come, for the width of the first column
 * @param classNames by class index
 * @param sentence   what one must know to read the result
 */
export function alignedTable(files: readonly string[], classNames: readonly string[], sentence: string): RowFormat {
  const columns = classNames.length <= MOST_CLASS_COLUMNS ? classNames : ['probability'];
  const fileWidth = Math.max(
    FURTHER_FACE.length,
    ...files.slice(0, MEASURED_FILES).map((file) => printable(file).length),
  );
  const labelWidth = Math.max(CANT_TELL.length, ...classNames.map((name) => name.length));
  const line = (file: string, label: string, cells: string[], reason = ''): string => {
    const padded = cells.map((cell, i) => cell.padStart(Math.max(columns[i].length, '100.0 %'.length)));
    return `${[printable(file).padEnd(fileWidth), label.padEnd(labelWidth), ...padded, reason].join('  ').trimEnd()}\n`;
  };
  const answer = (
    file: string,
    row: Pick<AnsweredRow, 'label' | 'abstained' | 'probability' | 'probabilities' | 'reason' | 'note'>,
  ): string => {
    const { probabilities, probability } = row;
    const shares = columns === classNames ? classNames.map((name) => probabilities?.[name] ?? 0) : [probability ?? 0];
    return line(file, answerWords(row), shares.map(percent), remarkOf(row));
  };
  return {
    head: () => line('photo', 'label', [...columns]),
    row: (row) => {
      if (row.error !== undefined)
        return `${printable(row.file).padEnd(fileWidth)}  ${printable(withoutFile(row.error, row.file))}\n`;
      if (row.label === null) return `${printable(row.file).padEnd(fileWidth)}  ${answerWords(row)}\n`;
      const others = row.faces.slice(1).map((face, i) => answer(`  face ${i + 2}`, face));
      return [answer(row.file, row), ...others].join('');
    },
    foot: () => `\n${sentence}\n`,
  };
}

/** The file is in the first column already. */
function withoutFile(error: string, file: string): string {
  return error.startsWith(`${file}: `) ? error.slice(file.length + 2) : error;
}

/** A name may hold line ends and control characters, which would tear the columns, or marks that turn what follows around. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) =>
    character < ' '
      ? JSON.stringify(character).slice(1, -1)
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
