/**
 * How a run ends that nobody foresaw: with a code of its own, so that a script can tell it from photos that couldn't be read.
 * Imported before everything else, so that a part of the program that can't be loaded counts, too: Node itself would end with 1.
 */

export const EXIT_UNREAD = 1;
export const EXIT_BROKE_DOWN = 3;
/** What is left of a run that broke down. */
export const ROWS_STAY = 'rows that were written stay';

/**
 * What to print of an error: a sentence where the system refused something, such as a full disk; else all that is known.
 * @example breakdownText(Object.assign(new Error('ENOSPC: no space left on device, write'), { syscall: 'write' }))
 *          // 'predict broke down: ENOSPC: no space left on device, write; rows that were written stay.'
 */
export function breakdownText(error: unknown): string {
  if (!(error instanceof Error)) return `predict broke down: ${String(error)}`;
  if (!('syscall' in error)) return `predict broke down: ${error.stack ?? error.message}`;
  return `predict broke down: ${error.message}; ${ROWS_STAY}.`;
}

process.on('uncaughtException', (error) => {
  console.error(breakdownText(error));
  process.exit(EXIT_BROKE_DOWN);
});
