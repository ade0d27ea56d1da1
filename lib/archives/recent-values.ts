/** Keeps what was computed last, as long as it fits. */

/** A memory of promised values, the oldest forgotten first. */
export class RecentValues<T> {
  private readonly values = new Map<string, { value: Promise<T>; size: number }>();
  private total = 0;

  /** @param capacity sum of sizes that is kept, in the unit of the sizes; the newest value stays whatever its size */
  constructor(private readonly capacity: number) {}

  /**
   * A value by its key; computed where it isn't kept, and once only where several ask at a time.
   * @param size of the value, known before it is computed
   */
  get(key: string, size: number, compute: () => Promise<T>): Promise<T> {
    const kept = this.values.get(key);
    if (kept !== undefined) {
      this.values.delete(key);
      this.values.set(key, kept);
      return kept.value;
    }
    const value = compute();
    this.values.set(key, { value, size });
    this.total += size;
    // A failure isn't kept: the next one who asks gets an answer of its own.
    value.catch(() => {
      // Forgotten meanwhile, and asked for again: that one is another's.
      if (this.values.get(key)?.value === value) this.forget(key);
    });
    for (const oldest of this.values.keys()) {
      if (this.total <= this.capacity || oldest === key) break;
      this.forget(oldest);
    }
    return value;
  }

  private forget(key: string): void {
    this.total -= this.values.get(key)?.size ?? 0;
    this.values.delete(key);
  }
}
