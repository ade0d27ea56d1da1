/** Prediction rows on stdout: one JSON object a line, or columns to read. */

// More would not fit a line; then only the predicted class's probability is shown.
const MOST_CLASS_COLUMNS = 4;
// Spreading more into one call would overflow the stack.
const MEASURED_FILES = 10_000;

/** One line of the result. */
export type ResultRow =
  | { file: string; label: string; probability: number; probabilities: Record<string, number>; error?: undefined }
  | { file: string; error: string };

/** Turns rows into lines. */
export interface RowFormat {
  /** Before the first row; may be empty. */
  head(): string;
  /** One row, with its line end. */
  row(row: ResultRow): string;
  /** After the last row; may be empty. */
  foot(): string;
}

/**
 * One JSON object a line: {"file", "label", "probability", "probabilities": {class: p}} or {"file", "error"}.
 */
export function jsonLines(): RowFormat {
  return { head: () => '', row: (row) => `${JSON.stringify(row)}\n`, foot: () => '' };
}

/**
 * Aligned columns and a closing sentence.
 * @param files      all paths that will come, for the width of the first column
 * @param classNames by class index
 * @param sentence   what one must know to read the result
 */
export function alignedTable(files: string[], classNames: string[], sentence: string): RowFormat {
  const columns = classNames.length <= MOST_CLASS_COLUMNS ? classNames : ['probability'];
  const fileWidth = Math.max('photo'.length, ...files.slice(0, MEASURED_FILES).map((file) => file.length));
  const labelWidth = Math.max('label'.length, ...classNames.map((name) => name.length));
  const line = (file: string, label: string, cells: string[]) => {
    const padded = cells.map((cell, i) => cell.padStart(Math.max(columns[i].length, '100.0 %'.length)));
    return `${[file.padEnd(fileWidth), label.padEnd(labelWidth), ...padded].join('  ')}\n`;
  };
  return {
    head: () => line('photo', 'label', columns),
    row: (row) => {
      if (row.error !== undefined) return `${row.file.padEnd(fileWidth)}  ${withoutFile(row.error, row.file)}\n`;
      const shares = columns === classNames ? classNames.map((name) => row.probabilities[name]) : [row.probability];
      return line(
        row.file,
        row.label,
        shares.map((share) => `${(100 * share).toFixed(1)} %`),
      );
    },
    foot: () => `\n${sentence}\n`,
  };
}

/** The file is in the first column already. */
function withoutFile(error: string, file: string): string {
  return error.startsWith(`${file}: `) ? error.slice(file.length + 2) : error;
}
