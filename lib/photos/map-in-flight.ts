/** The same work for each of many photos, several at a time. */

// Measured on 2 cores: 4 or more decode at twice the pace of one at a time; memory stays at 8 photos.
const IN_FLIGHT = 8;

/**
 * Does some work for each item, eight at a time; memory holds those few beside the results.
 * @param items  such as photos
 * @param work   asked in the order of the items
 * @param onDone called after each item with how many are done
 * @returns      the results, in the order of the items
 * @throws       whatever `work` throws first; no more work is begun then
 */
export async function mapInFlight<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  onDone: (done: number) => void = () => undefined,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    try {
      while (next < items.length) {
        const i = next++;
        results[i] = await work(items[i]);
        onDone(++done);
      }
    } catch (error) {
      // Nobody gets the results of what is left.
      next = items.length;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return results;
}
