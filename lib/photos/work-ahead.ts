/** Work on a stream of items, a few of them ahead of who takes the results. */

/**
 * Works on items in their order, several at a time; memory holds the results of those few, however many there are.
 * @param items their order is kept
 * @param work  asked in the order of the items
 * @param count of them at work at once, the one that is awaited included
 * @returns     the results, in the order of the items
 * @throws      what `work` throws, when the turn of that item comes
 */
export async function* workAhead<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  work: (item: T) => Promise<R>,
  count: number,
): AsyncGenerator<R> {
  const ahead: Promise<R>[] = [];
  for await (const item of items) {
    const result = work(item);
    // A failure is reported when its turn comes, not as an unhandled rejection before.
    result.catch(() => undefined);
    ahead.push(result);
    if (ahead.length >= count) yield await (ahead.shift() as Promise<R>);
  }
  for (const result of ahead) yield await result;
}
