/** The error for what a user gave: where it is, what was found, what was expected, what to do. */

import { inspect } from 'node:util';

/** The four parts of the message; each reads as a part of one sentence. */
export interface InputErrorParts {
  /** File, line, option or value at fault, such as `list_attr_celeba.txt, line 3`. */
  where: string;
  /** What was found there, such as `39 values`. */
  found: string;
  /** What should have been there, such as `40 values, one for each name on line 2`. */
  expected: string;
  /** What to do about it, as a sentence without its full stop. */
  remedy: string;
  /** The system's error behind it, where there is one. */
  cause?: unknown;
}

/**
 * A fault in the input that its user can mend; commands print its message without a stack trace.
 * @example new InputError({ where: 'BATCH', found: '"0"', expected: 'a whole number above 0', remedy: 'Set BATCH=12' }).message
 *          // 'BATCH: found "0", expected a whole number above 0. Set BATCH=12.'
 */
export class InputError extends Error {
  readonly where: string;
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;

  constructor(parts: InputErrorParts) {
    super(
      `${parts.where}: found ${parts.found}, expected ${parts.expected}. ${parts.remedy}.`,
      'cause' in parts ? { cause: parts.cause } : undefined,
    );
    this.name = 'InputError';
    this.where = parts.where;
    this.found = parts.found;
    this.expected = parts.expected;
    this.remedy = parts.remedy;
  }

  /** A notebook, and `console`, shows the sentence alone. */
  [inspect.custom](): string {
    return `${this.name}: ${this.message}`;
  }
}

/**
 * The system kept something from being read or written, such as by too many open files or a full disk. The input may be sound,
 * so this ends the work instead of counting against what couldn't be read: `orInputError` lets it pass.
 */
export class SystemFault extends InputError {}

/**
 * What work gives, or the fault in the input that ended it; other errors stay errors, faults of the system among them.
 * @param work such as the decoding of a photo
 * @example    await orInputError(decodePhoto('missing.jpg')) // an InputError, returned
 */
export async function orInputError<T>(work: Promise<T>): Promise<T | InputError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof InputError && !(error instanceof SystemFault)) return error;
    throw error;
  }
}
