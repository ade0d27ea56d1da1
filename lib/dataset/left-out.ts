/** What a dataset leaves out, counted by reason, so that nothing is dropped silently. */

/** Rows, files or folders that were left out for one reason. */
export interface LeftOut {
  /** Why, in the singular, such as `file without a label`. */
  reason: string;
  /** How many. */
  count: number;
  /** Up to three of their names. */
  examples: string[];
}

const EXAMPLES = 3;

/** Counts what is left out while a dataset is being opened. */
export class LeftOutCounter {
  private readonly reasons = new Map<string, LeftOut>();

  /** @param reason in the singular, right also behind a number: `hidden file` */
  add(reason: string, name: string): void {
    const known = this.reasons.get(reason) ?? { reason, count: 0, examples: [] };
    known.count++;
    if (known.examples.length < EXAMPLES) known.examples.push(name);
    this.reasons.set(reason, known);
  }

  /** One entry a reason, the most frequent first. */
  list(): LeftOut[] {
    return [...this.reasons.values()].sort((a, b) => b.count - a.count);
  }
}

/** The names that are kept, and dots where there are more. */
export function examplesText({ count, examples }: Pick<LeftOut, 'count' | 'examples'>): string {
  return examples.join(', ') + (count > examples.length ? ', ...' : '');
}

/**
 * What was left out as words, for a line that says what was found.
 * @returns  one phrase a reason, none where nothing was left out
 * @example  describeLeftOut([{ reason: 'file without a label', count: 2, examples: [] }])
 *           // ['2 files without a label left out']
 */
export function describeLeftOut(leftOut: readonly LeftOut[]): string[] {
  return leftOut.map(({ reason, count }) => {
    return `${count.toLocaleString('en-US')} ${plural(reason, count)} left out`;
  });
}

/**
 * All that a dataset leaves out, as a sentence with examples.
 * @param data its `leftOut`, and the rows whose photos are missing
 * @example    leftOutSentence(data) // 'Left out: 2 files without a label (readme.jpg, x.jpg).'
 */
export function leftOutSentence(data: { leftOut: readonly LeftOut[]; missing: readonly { name: string }[] }): string {
  const all = leftOutRows(data);
  if (all.length === 0) return 'Nothing was left out.';
  return `Left out: ${all.map(({ count, reason, examples }) => `${count.toLocaleString('en-US')} ${plural(reason, count)} (${examples})`).join('; ')}.`;
}

/**
 * The same, counted by reason, as outputs/report.json keeps it.
 * @example countLeftOut(data) // { 'file without a label': 2 }
 */
export function countLeftOut(data: Parameters<typeof leftOutSentence>[0]): Record<string, number> {
  return Object.fromEntries(leftOutRows(data).map(({ reason, count }) => [reason, count]));
}

function leftOutRows({ leftOut, missing }: Parameters<typeof leftOutSentence>[0]) {
  const names = missing.slice(0, EXAMPLES).map(({ name }) => name);
  const absent = { reason: 'row without a photo', count: missing.length, examples: names };
  return [...(missing.length > 0 ? [absent] : []), ...leftOut].map(({ reason, count, examples }) => {
    return { reason, count, examples: examplesText({ count, examples }) };
  });
}

function plural(reason: string, count: number): string {
  if (count === 1) return reason;
  return reason.replace(/^(hidden )?(file|row|link|folder|photo)\b/, '$1$2s').replace(/^(\w+ that) leads\b/, '$1 lead');
}
