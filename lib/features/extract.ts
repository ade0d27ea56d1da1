/** Computes the frozen features of photos that a store doesn't have yet. */

import type { Photo } from '../dataset/types';
import { Stopped, stoppable, type StopCheck } from '../interrupts';
import { nativePredictor, type Predictor } from '../native';
import type { PhotoFormat } from '../photos/photo-format';
import { tf } from '../tensorflow/load';
import { photosAtOnce } from '../tensorflow/photos-at-once';
import { preparedBatches, type PreparedContent } from './prepared-batches';
import type { FeatureStore } from './store';

/** A photo whose features are in the store. */
export interface StoredPhoto extends Photo {
  /** SHA-256 of its file, the key of its features. */
  sha256: string;
}

/** Options of `extractFeatures`. */
export interface ExtractOptions {
  /** Called after each batch with how many photos are done, of how many; a promise is waited for. */
  onProgress?: (done: number, total: number) => unknown;
  /** Told of each damaged block of the store, in one sentence, whose photos are then computed again; default `console.log`. */
  onDamaged?: (sentence: string) => void;
  /** Photos in one call of the trunk; default `photosAtOnce`: 8 on a CPU, 16 on a GPU. */
  batchSize?: number;
}

// Photos a block: about 5 MB a file, and at most that many are computed again after an interruption.
const PHOTOS_PER_BLOCK = 64;

/**
 * Runs each photo through the trunk once and stores what comes out; photos that are in the store already cost only the
 * reading of their file. The next batch is decoded while TensorFlow computes (`preparedBatches`). Memory holds one block beside
 * the photos of those batches.
 * @param trunk  frozen layers, photos [n, height, width, 3] to features
 * @param store  a store opened for that trunk and format, in the view and precision that are computed
 * @param photos readable photos, in any order
 * @param format how photos are prepared
 * @returns      the photos in the same order, each with the key of its features
 * @throws       InputError where a photo can't be read; Stopped where a notebook's user stopped it, with what was computed kept
 */
export function extractFeatures(
  trunk: tf.LayersModel,
  store: FeatureStore,
  photos: Photo[],
  format: PhotoFormat,
  options: ExtractOptions = {},
): Promise<StoredPhoto[]> {
  return stoppable((check) => extractUntil(check, trunk, store, photos, format, options));
}

async function extractUntil(
  check: StopCheck,
  trunk: tf.LayersModel,
  store: FeatureStore,
  photos: Photo[],
  format: PhotoFormat,
  { onProgress, onDamaged = console.log, batchSize = photosAtOnce() }: ExtractOptions,
): Promise<StoredPhoto[]> {
  const stored: StoredPhoto[] = [];
  const block = new BlockWriter(store);
  let predictor: Predictor | undefined;
  try {
    for await (const batch of preparedBatches(store, photos, format, batchSize)) {
      for (const sentence of store.newlyDamaged()) onDamaged(sentence);
      const { missing, hashes } = batch;
      if (missing.length > 0) {
        predictor ??= await nativePredictor(trunk, store.precision);
        await block.add(missing, await computeFeatures(predictor, missing, format));
      }
      batch.photos.forEach((photo, i) => stored.push({ ...photo, sha256: hashes[i] }));
      await onProgress?.(stored.length, photos.length);
      await check(
        () => `after ${stored.length} of ${photos.length} photos, whose features are kept; run the cell again to go on`,
      );
    }
  } catch (error) {
    // Also what was computed before a photo that can't be read. That it can't be kept is a second fault, but for `Stopped`,
    // which says that it is.
    await block.flush().catch((second: unknown) => {
      if (error instanceof Stopped) throw second;
    });
    throw error;
  } finally {
    predictor?.dispose();
  }
  await block.flush();
  return stored;
}

async function computeFeatures(
  trunk: Predictor,
  photos: PreparedContent[],
  format: PhotoFormat,
): Promise<Float32Array> {
  const features = tf.tidy(() => {
    const images = photos.map(({ pixels }) => tf.tensor3d(pixels, [format.height, format.width, 3]));
    return trunk.predictOnBatch(tf.stack(images));
  });
  try {
    return (await features.data()) as Float32Array;
  } finally {
    features.dispose();
  }
}

class BlockWriter {
  private entries: { photo: string; features: Float32Array }[] = [];

  constructor(private readonly store: FeatureStore) {}

  async add(photos: PreparedContent[], features: Float32Array): Promise<void> {
    const length = features.length / photos.length;
    photos.forEach(({ photo }, i) =>
      this.entries.push({ photo, features: features.subarray(i * length, (i + 1) * length) }),
    );
    if (this.entries.length >= PHOTOS_PER_BLOCK) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.entries.length > 0) await this.store.add(this.entries);
    this.entries = [];
  }
}
