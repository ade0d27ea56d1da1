/** The error for what the user can mend: a sentence, and the last lines of the command that failed, if one did. */

export class SetupError extends Error {
  /**
   * @param message what is wrong and what to do, in plain words
   * @param lines   last lines of the failed command's output; default none
   */
  constructor(message, lines = []) {
    super(message);
    this.name = 'SetupError';
    this.lines = lines;
  }
}
