/** What can go wrong with a download, as sentences. */

import { InputError } from '../errors';

/** The server or the connection failed for now: worth another try, at once or after a wait that the server asks for. */
export class PassingFault extends InputError {
  /** The wait that the server asks for, in ms. */
  retryAfterMs?: number;
}

/** The server has no such file: another source may. */
export class MissingFile extends InputError {}

/** `reasonOf` where the server let us wait too long. */
export const TIMEOUT = 'timeout';

/**
 * A fault that may pass.
 * @param found        what came instead of the file
 * @param retryAfterMs the wait that the server asks for
 */
export function passingFault(
  url: string,
  found: string,
  retryAfterMs?: number,
  remedy = 'Run it again: it goes on from where it broke',
): PassingFault {
  const fault = new PassingFault({ where: url, found, expected: 'the whole file', remedy });
  fault.retryAfterMs = retryAfterMs;
  return fault;
}

/**
 * A fault that another try of the same kind won't mend.
 * @param found    what came instead of the file
 * @param expected what should have come
 */
export function refusal(url: string, found: string, expected: string, remedy = 'Run it again later'): InputError {
  return new InputError({ where: url, found, expected, remedy });
}

/**
 * Why a request or a stream failed, in a word or two; `stopped` where the caller ended it.
 * @example reasonOf(new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } })) // 'ECONNRESET'
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return TIMEOUT;
  if (error.name === 'AbortError') return 'stopped';
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}
