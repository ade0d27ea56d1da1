/** What a check comes to. */

/** The part is in order; `detail` says what was found. */
export function fine(detail) {
  return { state: 'fine', detail };
}

/** The part works, but not as well as it could. */
export function doubtful(detail, cure) {
  return { state: 'doubtful', detail, cure };
}

/** The part doesn't work; `cure` is what to do, a command where one does it. */
export function broken(detail, cure) {
  return { state: 'broken', detail, cure };
}

/** The part can't be looked at before another one is mended, or isn't in use. */
export function unchecked(detail) {
  return { state: 'unchecked', detail };
}

/**
 * The command that makes a part anew by set-up; where set-up would find nothing to do, what is there is removed first.
 * @param step   the set-up step of the part
 * @param places files or folders, from the project's root, whose absence makes the step run again
 */
export function remake(step, ...places) {
  return step.why() === undefined ? `rm -rf ${places.join(' ')} && npm run setup` : 'npm run setup';
}
