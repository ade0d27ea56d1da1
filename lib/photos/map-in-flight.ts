/** The same work for each of many photos, several at a time, that a notebook's user can stop. */

import { stoppable } from '../interrupts';

// Measured on 2 cores: 4 or more decode at twice the pace of one at a time; memory stays at 8 photos.
const IN_FLIGHT = 8;

/**
 * Does some work for each photo, eight at a time; memory holds those few beside the results.
 * @param photos or their files
 * @param work   asked in the order of the photos
 * @param onDone called after each photo with how many are done
 * @returns      the results, in the order of the photos
 * @throws       Stopped where a notebook's user stopped it; else whatever `work` throws first; no more work is begun then
 */
export function mapInFlight<T, R>(
  photos: readonly T[],
  work: (item: T) => Promise<R>,
  onDone: (done: number) => void = () => undefined,
): Promise<R[]> {
  return stoppable(async (check) => {
    const results = new Array<R>(photos.length);
    let next = 0;
    let done = 0;
    const faults: unknown[] = [];
    const worker = async (): Promise<void> => {
      try {
        while (next < photos.length) {
          const i = next++;
          results[i] = await work(photos[i]);
          if (faults.length > 0) return;
          onDone(++done);
          await check(() => `after ${done} of ${photos.length} photos; run the cell again to begin anew`);
        }
      } catch (error) {
        // Nobody gets the results of what is left.
        next = photos.length;
        faults.push(error);
      }
    };
    // Waits for all, also where one has failed: nothing may go on behind whoever waits.
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
    if (faults.length > 0) throw faults[0];
    return results;
  });
}
