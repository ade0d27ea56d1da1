/** The error for a setting that set-up can't take: one sentence for the terminal, and its parts for the doctor. */

import { SetupError } from './setup-error.mjs';

export class SettingError extends SetupError {
  /**
   * @param parts {where: the variable, found, expected, remedy: what to do, without its full stop}
   */
  constructor({ where, found, expected, remedy }) {
    super(`${where}: found ${found}, expected ${expected}. ${remedy}.`);
    this.name = 'SettingError';
    Object.assign(this, { where, found, expected, remedy });
  }
}
