/** Writing that ended because there is no room. */

import { InputError, SystemFault } from '../errors';

/**
 * What is full, where that is why something couldn't be written; undefined for any other error.
 * @param error what was thrown: the system's, or one that `explainNoRoom` made of it
 */
export function whatIsFull(error: unknown): 'disk' | 'quota' | undefined {
  const { code } = (error instanceof InputError ? (error.cause ?? {}) : error) as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return 'disk';
  return code === 'EDQUOT' ? 'quota' : undefined;
}

/** What to say where there is no room. */
export interface NoRoom {
  /** The folder or file that was written, as it is shown. */
  where: string;
  /** What there must be room for. */
  needed: string;
  /** What is still there. */
  kept: string;
  /** Whether OUTPUTS decides on which disk that is; default true. */
  inOutputs?: boolean;
}

/**
 * A sentence where there is no room, as a SystemFault; any other error as it is.
 * @param error what was thrown
 * @param words what to say
 */
export function explainNoRoom(error: unknown, { where, needed, kept, inOutputs = true }: NoRoom): unknown {
  const full = whatIsFull(error);
  if (full === undefined) return error;
  return new SystemFault({
    where,
    found: full === 'disk' ? 'a full disk' : "a full quota of the disk's",
    expected: `room for ${needed}`,
    remedy: `Make room${inOutputs ? ', or set OUTPUTS to another disk,' : ' there'} and run again: ${kept}`,
    cause: error,
  });
}
