/** The doctor's results as text. */

const MARKS = { fine: '✓', doubtful: '!', broken: '✗', unchecked: '–' };
const TITLE_WIDTH = 19;

/** One result: mark, part, what was found, and on a second line the cure. */
export function lineOf({ state, title, detail, cure }) {
  const line = `${MARKS[state]} ${title.padEnd(TITLE_WIDTH)} ${detail}`;
  return cure === undefined ? line : `${line}\n  ${''.padEnd(TITLE_WIDTH)} → ${cure}`;
}

/** The last line: how many parts are broken, of how many. */
export function summaryOf(results) {
  const count = (wanted) => results.filter(({ state }) => state === wanted).length;
  const parts = results.length === 1 ? '1 part' : `${results.length} parts`;
  const rest = count('unchecked') > 0 ? `, ${count('unchecked')} not checked` : '';
  return count('broken') === 0 ? `Nothing broken in ${parts}${rest}.` : `${count('broken')} of ${parts} broken${rest}.`;
}
