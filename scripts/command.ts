/** What the commands have in common: how their words are read, what they say, and the code that they end with. */

import { constants } from 'node:os';
import { inspect, parseArgs, type ParseArgsConfig } from 'node:util';
import { InputError, SystemFault } from 'celeba-lab/dist/errors';

export const EXIT_FAILED = 1;
/** What the user gave is at fault: words, settings, files. */
export const EXIT_WRONG_USE = 2;
export const EXIT_INTERRUPTED = 130;

/** Words on the command line that a command can't follow; where it has a usage, that is shown below the sentence. */
export class WrongUse extends InputError {}

/** A server, an installation or a lack of room ended the work: told in a sentence, too, but what the user gave may be sound. */
export class OutsideFault extends InputError {}

/** How a command ends. */
export interface Ending {
  /** Shown below the sentence of a `WrongUse`; default nothing. */
  usage?: string;
  /** The code where something failed; default `EXIT_FAILED`. */
  failed?: number;
  /** What is said of an error without a sentence of its own; default the system's words, or all that is known. */
  tell?: (error: unknown) => string;
  /** The code where whoever read stdout, such as `head`, has closed it; default `EXIT_FAILED`, as the rest wasn't done. */
  withoutReader?: number;
}

/**
 * Ends the process with the code that a command comes to, or with what is said of its error: 2 where the user is to change
 * what was given, 1 where something failed.
 * @param work the command, at work
 */
export function endWith(work: Promise<number>, ending: Ending = {}): void {
  const { usage, failed = EXIT_FAILED, tell = textOf, withoutReader = EXIT_FAILED } = ending;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // No reason to complain.
    if (error.code === 'EPIPE') process.exit(withoutReader);
    throw error;
  });
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    // Results are as good where nobody reads on what is said beside them.
    if (error.code !== 'EPIPE') throw error;
  });
  work.then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      say(error instanceof InputError ? error.message : tell(error));
      if (usage !== undefined && error instanceof WrongUse) say(`\n${usage}`);
      process.exitCode = isUsersFault(error) ? EXIT_WRONG_USE : failed;
    },
  );
}

/** The code of a program as a shell tells it: its own, or 128 and the signal's number. */
export function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  return signal === null ? (code ?? EXIT_FAILED) : 128 + constants.signals[signal];
}

/** Whether an error is about what the user gave; a full disk and the like aren't, though they are told in a sentence, too. */
function isUsersFault(error: unknown): boolean {
  return error instanceof InputError && !(error instanceof SystemFault) && !(error instanceof OutsideFault);
}

/** The same sentence as an `OutsideFault`, where it would be taken for the user's fault; other errors as they are. */
export function fromOutside(error: unknown): unknown {
  if (!(error instanceof InputError) || !isUsersFault(error)) return error;
  const { where, found, expected, remedy } = error;
  return new OutsideFault({ where, found, expected, remedy, cause: error });
}

/** The system's own words, such as of a full disk; of any other error all that is known. */
function textOf(error: unknown): string {
  return error instanceof Error && 'syscall' in error ? error.message : inspect(error);
}

/**
 * Reads the words of the command line.
 * @param config   as for Node's parseArgs
 * @param wrongUse makes the error from what was found, such as `unknown option '--fast'`
 * @throws         what `wrongUse` gives
 */
export function readWords<T extends ParseArgsConfig>(
  config: T,
  wrongUse: (found: string) => Error,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    // Behind its first sentence Node explains how such a word could be meant otherwise.
    const [problem] = (error as Error).message.split(/\.(?:\s|$)/);
    throw wrongUse(`${problem.charAt(0).toLowerCase()}${problem.slice(1)}`);
  }
}

/** Says a line where it doesn't mix with results. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
