/** A table's names, of which no two may be alike; cheap where they come in ascending order or as expected, as CelebA's do. */

/** Names in the order in which they came. */
export class DistinctNames {
  /** All names so far. */
  readonly all: string[] = [];
  // Filled once a name comes that isn't the expected one, or doesn't follow the one before.
  private seen: Set<string> | undefined;

  /** @param expected another table's names, no two alike; this table's are probably the same, in the same order */
  constructor(private readonly expected: readonly string[] = []) {}

  /** What the next name probably is, if that is known. */
  next(): string | undefined {
    return this.seen === undefined ? this.expected[this.all.length] : undefined;
  }

  /** @returns false where the name was added before, and isn't added again */
  add(name: string): boolean {
    const { all } = this;
    if (this.seen === undefined && !this.follows(name)) this.seen = new Set(all);
    if (this.seen !== undefined && this.seen.size === this.seen.add(name).size) return false;
    all.push(name);
    return true;
  }

  /** Whether a name is new without looking at all others. */
  private follows(name: string): boolean {
    const { all, expected } = this;
    return expected.length > 0 ? name === expected[all.length] : all.length === 0 || name > all[all.length - 1];
  }
}
