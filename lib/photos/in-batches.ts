/** A stream of items, some at a time. */

import { checkCount } from '../check-count';

/**
 * Gathers items in their order.
 * @param size items in a batch, at least 1; the last one may have fewer
 * @throws     InputError where size is no such number
 */
export async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[], void> {
  checkCount('batchSize', size);
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
