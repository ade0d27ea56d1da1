/** Photos in batches for the trunk: while TensorFlow computes one batch, the next is decoded. */

import { checkCount } from '../check-count';
import type { Photo } from '../dataset/types';
import { sha256Of } from '../files/checksum';
import { allEnded } from '../interrupts';
import { readPhotoBytes } from '../photos/photo-bytes';
import type { PhotoFormat } from '../photos/photo-format';
import { preparePhoto } from '../photos/prepare';
import type { FeatureStore } from './store';

/** A photo whose features are to be computed. */
export interface PreparedContent {
  /** SHA-256 of its file. */
  photo: string;
  /** [height, width, 3], as `preparePhoto` gives them. */
  pixels: Float32Array;
}

/** A batch of photos, and those of them that the store doesn't have. */
export interface PreparedBatch {
  photos: Photo[];
  /** SHA-256 of each photo's file. */
  hashes: string[];
  /** Each content once, and in the first batch that has it. */
  missing: PreparedContent[];
}

interface ReadBatch {
  photos: Photo[];
  files: Uint8Array[];
  hashes: string[];
  /** Whether the store has the features of each. */
  verified: boolean[];
}

/**
 * Prepares photos in order. When it gives a batch, the decoding of the next is with the thread pool already: TensorFlow blocks
 * JavaScript while it computes, so what isn't handed over by then begins only afterwards. The files of the batch after that
 * are being asked for. Memory holds the pixels of two batches and the files of two.
 * @param store     which photos are computed already, and in which view the others are seen
 * @param photos    readable photos, in any order
 * @param format    how they are prepared
 * @param batchSize photos in a batch, at least 1; the last holds the rest
 * @throws          InputError where a photo can't be read, when its batch's turn comes
 */
export async function* preparedBatches(
  store: FeatureStore,
  photos: Photo[],
  format: PhotoFormat,
  batchSize: number,
): AsyncGenerator<PreparedBatch> {
  checkCount('batchSize', batchSize);
  // Computed or about to be, though perhaps not in the store yet: copies of a photo are one content.
  const begun = new Set<string>();
  const read = (start: number) => reportedLater(readBatch(store, photos.slice(start, start + batchSize)));
  const decode = (batch: Promise<ReadBatch>) =>
    reportedLater(batch.then((files) => decodeMissing(files, store, format, begun)));
  let decoded = decode(read(0));
  let following = read(batchSize);
  try {
    for (let start = 0; start < photos.length; start += batchSize) {
      const batch = await decoded;
      const files = following;
      decoded = decode(files);
      following = read(start + 2 * batchSize);
      await Promise.allSettled([files]);
      // Some decoders are called a few promises later.
      await new Promise((resolve) => setImmediate(resolve));
      yield batch;
    }
  } finally {
    // Nothing may go on behind who takes no more.
    await Promise.allSettled([decoded, following]);
  }
}

/** A failure is reported when its batch's turn comes, not as an unhandled rejection before. */
function reportedLater<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}

async function readBatch(store: FeatureStore, photos: Photo[]): Promise<ReadBatch> {
  const files = await allEnded(photos.map(({ file }) => readPhotoBytes(file)));
  const hashes = files.map((bytes) => sha256Of(bytes));
  const verified = await allEnded(hashes.map((hash) => store.verify(hash)));
  return { photos, files, hashes, verified };
}

/** Asked in the order of the batches, so that which batch computes a content doesn't depend on how fast files are read. */
async function decodeMissing(
  { photos, files, hashes, verified }: ReadBatch,
  store: FeatureStore,
  format: PhotoFormat,
  begun: Set<string>,
): Promise<PreparedBatch> {
  const isNew = hashes.map((hash, i) => !verified[i] && begun.size < begun.add(hash).size);
  const prepare = async (bytes: Uint8Array, i: number): Promise<PreparedContent> => {
    const pixels = await preparePhoto(bytes, format, store.view, undefined, photos[i].file);
    return { photo: hashes[i], pixels };
  };
  const missing = await allEnded(files.flatMap((bytes, i) => (isNew[i] ? [prepare(bytes, i)] : [])));
  return { photos, hashes, missing };
}
