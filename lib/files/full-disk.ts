/** Writing that ended because there is no room. */

import { InputError } from '../errors';

/**
 * What is full, where that is why something couldn't be written; undefined for any other error.
 * @param error what was thrown
 */
export function whatIsFull(error: unknown): 'disk' | 'quota' | undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return 'disk';
  return code === 'EDQUOT' ? 'quota' : undefined;
}

/**
 * A sentence where there is no room for results; any other error as it is.
 * @param error  what was thrown
 * @param where  the folder that was written to, as it is shown
 * @param needed what there must be room for
 * @param kept   what is still there
 */
export function explainNoRoom(
  error: unknown,
  { where, needed, kept }: { where: string; needed: string; kept: string },
): unknown {
  const full = whatIsFull(error);
  if (full === undefined) return error;
  return new InputError({
    where,
    found: full === 'disk' ? 'a full disk' : "a full quota of the disk's",
    expected: `room for ${needed}`,
    remedy: `Make room, or set OUTPUTS to another disk, and run again: ${kept}`,
  });
}
