/** What to tell of a cell that failed: a sentence where it was the user's input, else what the kernel wrote. */

// A type error or a stack trace needs no more to be understood, and the rest is in the executed notebook.
const MOST_LINES = 30;

/**
 * The part of a failed cell's stderr that helps: the message alone for an InputError, otherwise without the frames of
 * Node and of the kernel. tslab sends no error output, only this text.
 * @param stderr all that the cell wrote to stderr
 * @returns      one or more lines
 * @example      explainFailure('...\nInputError: BATCH: found "0", expected 1. Set BATCH=12.\n    at read (...)')
 *               // 'BATCH: found "0", expected 1. Set BATCH=12.'
 */
export function explainFailure(stderr: string): string {
  const text = stripColors(stderr);
  const inputError = /^(?:Uncaught )?(?:\w+ \[)?InputError\]?: ([\s\S]*?)(?:\n\s+at |\s*(?![\s\S]))/m.exec(text);
  if (inputError) return inputError[1].trim();
  const lines = text.split('\n').filter((line) => !isForeignFrame(line));
  const shown = lines.join('\n').trim().split('\n').slice(-MOST_LINES);
  return shown.join('\n') || 'The kernel gave no reason.';
}

function isForeignFrame(line: string): boolean {
  return /^\s+at .*(node:|node_modules\/tslab\/|sigintHandlersWrap)/.test(line);
}

function stripColors(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}
