/** Work on photos, a batch at a time, that a notebook's user can watch and stop. */

import { stoppable } from '../interrupts';
import { photosAtOnce } from '../tensorflow/photos-at-once';
import { inBatches } from './in-batches';
import { workAhead } from './work-ahead';

/** Options of work on many photos. */
export interface BatchWorkOptions {
  /** Called after each batch with how many photos are done, of how many. */
  onProgress?: (done: number, total: number) => void;
  /** Photos in one call of the network; default `photosAtOnce`: 8 on a CPU, 16 on a GPU. */
  batchSize?: number;
}

const AHEAD = 8;

/**
 * Reads photos, some ahead, and works on them in batches; memory holds one batch and those ahead, beside the results.
 * @param photos their order is kept
 * @param read   makes of a photo what is worked on
 * @param work   gives a result for each in a batch
 * @param things what one of the results is about, in the plural, for who stops it
 * @returns      a result for each photo
 * @throws       Stopped where a notebook's user stopped it; else what `read` and `work` throw
 */
export function workInBatches<T, R, O>(
  photos: readonly T[],
  read: (photo: T) => Promise<R>,
  work: (batch: R[]) => Promise<O[]>,
  things: string,
  { onProgress, batchSize = photosAtOnce() }: BatchWorkOptions = {},
): Promise<O[]> {
  return stoppable(async (check) => {
    const results: O[] = [];
    for await (const batch of inBatches(workAhead(photos, read, AHEAD), batchSize)) {
      results.push(...(await work(batch)));
      onProgress?.(results.length, photos.length);
      await check(() => `after ${results.length} of ${photos.length} ${things}; run the cell again to begin anew`);
    }
    return results;
  });
}
