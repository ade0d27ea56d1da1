/** Writing that ended because there is no room. */

/**
 * What is full, where that is why something couldn't be written; undefined for any other error.
 * @param error what was thrown
 */
export function whatIsFull(error: unknown): 'disk' | 'quota' | undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return 'disk';
  return code === 'EDQUOT' ? 'quota' : undefined;
}
