/** The error for words on the command line that a command can't follow. */

import { InputError } from 'celeba-lab/dist/errors';

/** Answered with exit code 2. */
export class WrongUse extends InputError {}
