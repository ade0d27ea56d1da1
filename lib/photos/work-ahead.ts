/** Work on a stream of items, a few of them ahead of who takes the results. */

/**
 * Works on items in their order, several at a time; memory holds the results of those few, however many there are.
 * @param items their order is kept
 * @param work  asked in the order of the items
 * @param count of them at work at once, the one that is awaited included
 * @returns     the results, in the order of the items; ended early, it waits for what is at work
 * @throws      what `work` throws, when the turn of that item comes and the others at work have ended
 */
export async function* workAhead<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<R>,
  count: number,
): AsyncGenerator<R> {
  const ahead: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      // A failure is reported when its turn comes, not as an unhandled rejection before.
      result.catch(() => undefined);
      ahead.push(result);
      if (ahead.length >= count) yield await (ahead.shift() as Promise<R>);
    }
    while (ahead.length > 0) yield await (ahead.shift() as Promise<R>);
  } finally {
    // Nothing may go on behind who takes no more.
    await Promise.allSettled(ahead);
  }
}
