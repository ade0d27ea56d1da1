/** The log of a step: all output of its commands, as far as there is room for it. */

import fs from 'node:fs';
import path from 'node:path';

/**
 * Opens a step's log in .setup/, which is made where it is missing. What can't be written doesn't end the command whose output
 * it is: what that says of the same cause tells more.
 * @returns {line(text), fault() -> the error where something wasn't written, place() -> where the log is, as a sentence}
 */
export function openLog(project, step) {
  const file = project.path('.setup', `${step}.log`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let fault;
  return {
    line(text) {
      try {
        fs.appendFileSync(file, `${text}\n`);
      } catch (error) {
        fault ??= error;
      }
    },
    fault: () => fault,
    place() {
      const shown = path.relative(project.root, file);
      return fault ? `${shown} lacks some of its output (${fault.message})` : `All its output: ${shown}`;
    },
  };
}
