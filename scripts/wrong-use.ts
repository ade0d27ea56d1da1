/** Errors that are answered with exit code 2: what a user gave, as opposed to what broke down. */

import { InputError, SystemFault } from 'celeba-lab/dist/errors';

/** Words on the command line that a command can't follow. */
export class WrongUse extends InputError {}

/** Whether an error is about what the user gave; a full disk and the like aren't, though they are told in a sentence, too. */
export function isUsersFault(error: unknown): boolean {
  return error instanceof InputError && !(error instanceof SystemFault);
}
