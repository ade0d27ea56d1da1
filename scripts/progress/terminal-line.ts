/** A line of a terminal that is drawn over in place. */

/** Where a command shows how far it is; `process.stdout` and `process.stderr` are such. */
export interface TerminalOutput {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Takes what stands in the line away. */
export const CLEAR_LINE = '\r\u001b[K';

/**
 * What to write so that a text stands in the place of the line before.
 * @returns the text, cut to the terminal's width, without a line end
 */
export function overLine(text: string, { columns }: Pick<TerminalOutput, 'columns'>): string {
  // One column less than there are: a full line would wrap, and then not be cleared. Some terminals say 0.
  return `${CLEAR_LINE}${text.slice(0, (columns || 80) - 1)}`;
}
