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

  /** @param reason in the singular, such as `hidden file` */
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

/**
 * What was left out as words, for a line that says what was found.
 * @returns  one phrase a reason, none where nothing was left out
 * @example  describeLeftOut([{ reason: 'file without a label', count: 2, examples: [] }])
 *           // ['2 files without a label left out']
 */
export function describeLeftOut(leftOut: readonly LeftOut[]): string[] {
  return leftOut.map(({ reason, count }) => {
    const words = count === 1 ? reason : reason.replace(/^(hidden )?(file|row|link|folder|photo)\b/, '$1$2s');
    return `${count.toLocaleString('en-US')} ${words} left out`;
  });
}
