/** The error for words that `npm run data` can't follow. */

import { InputError } from 'celeba-lab/dist/errors';

/** Answered with exit code 2. */
export class WrongUse extends InputError {}
