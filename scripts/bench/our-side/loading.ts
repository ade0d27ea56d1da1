/** Photos from disk to batches of pixels, without a network. */

import { createHash } from 'node:crypto';
import { photos } from 'celeba-lab';
import type { LoadingTurn, TaskOf } from '../messages';
import { datasetPhotos } from '../photo-folders';
import { pause, Stopwatch } from '../turns';

/** One pass over all photos a turn. */
export async function loading({ plan, photos: given }: TaskOf<string>): Promise<LoadingTurn> {
  const all = datasetPhotos(given.train, 'train');
  const options = { format: photos.ARTICLE_FORMAT, batchSize: plan.batchSize, classCount: given.classNames.length };
  const measure = async (): Promise<LoadingTurn> => {
    const watch = new Stopwatch();
    let seen = 0;
    await photos.photoBatches(all, options).forEachAsync(({ xs, ys }) => {
      seen += xs.shape[0];
      xs.dispose();
      ys.dispose();
    });
    return { photosPerSecond: { photoBatches: (1000 * seen) / watch.lap() }, sha256 };
  };
  const hash = createHash('sha256');
  for (const { file } of all) hash.update(new Uint8Array((await photos.preparePhoto(file, options.format)).buffer));
  const sha256 = hash.digest('hex');
  await measure();
  for (let round = 1; round < plan.loadingRounds; round++) await pause(await measure());
  return measure();
}
