/** Names of which no two may be alike; cheap where they come in ascending order, as CelebA's do. */

/** Names seen so far. */
export class DistinctNames {
  private last = '';
  private readonly ascending: string[] = [];
  // Filled once a name comes that doesn't follow the one before.
  private seen: Set<string> | undefined;

  /** @returns false where the name was added before */
  add(name: string): boolean {
    if (this.seen === undefined && name > this.last) {
      this.last = name;
      this.ascending.push(name);
      return true;
    }
    this.seen ??= new Set(this.ascending);
    return this.seen.size !== this.seen.add(name).size;
  }
}
