/** Stored features as batches for TensorFlow, read and unpacked while it computes. */

import { checkCount } from '../check-count';
import { InputError } from '../errors';
import { labelledBatches, type FlowOptions, type LabelledBatch } from '../photos/labelled-batches';
import { rankedBySeed } from '../random';
import type { tf } from '../tensorflow/load';
import type { StoredPhoto } from './extract';
import type { FeatureStore } from './store';

/** One batch: features [n, rows, columns, filters] and their classes [n, classes]. */
export type FeatureBatch = LabelledBatch<tf.Tensor4D>;

/**
 * Streams the features of photos in batches; at most three batches are in memory.
 * The consumer disposes each batch, as fitDataset and evaluateDataset do.
 * @param store  holds the features of every photo given
 * @param photos what `extractFeatures` returned, or a part of it
 * @returns      a dataset for `fitDataset`; with the same seed it has the order of `photoBatches`
 * @throws       InputError where an option is out of range; while it is read, where stored bytes are damaged
 */
export function featureBatches(
  store: FeatureStore,
  photos: readonly StoredPhoto[],
  options: FlowOptions,
): tf.data.Dataset<FeatureBatch> {
  const load = ({ sha256 }: StoredPhoto, _pass: number, target: Float32Array): Promise<unknown> =>
    store.read(sha256, target);
  const source = { load, shape: store.shape };
  return labelledBatches<StoredPhoto, tf.Tensor4D>(photos, source, options);
}

/** A view, and the photos that are seen so. */
export interface SeenPhotos {
  /** Holds the features of these photos in its view. */
  store: FeatureStore;
  /** What `extractFeatures` returned for it. */
  photos: readonly StoredPhoto[];
}

/** How photos and their views flow. */
export interface ViewFlowOptions extends FlowOptions {
  shuffleSeed: number;
  /** How often a pass shows each photo, each time in its next view; default 1. */
  viewsPerEpoch?: number;
}

/**
 * `featureBatches` with a view of each photo drawn anew at each pass. Over as many passes as a photo has views it is seen
 * once in each, in an order of its own that `shuffleSeed` fixes.
 * @param seen    views, at least one, the first with every photo; the others may have any of them
 * @param options batch size, classes, seed, views
 * @returns       a dataset for `fitDataset`
 * @throws        InputError where there is no view, or an option is out of range; while it is read, where stored bytes are damaged
 * @example       viewBatches([{ store: plain, photos }, { store: mirrored, photos }], { batchSize: 12, classCount: 2, shuffleSeed: 1 })
 */
export function viewBatches(
  seen: readonly SeenPhotos[],
  { viewsPerEpoch = 1, ...options }: ViewFlowOptions,
): tf.data.Dataset<FeatureBatch> {
  checkCount('viewsPerEpoch', viewsPerEpoch);
  if (seen.length === 0) throw noView();
  const storesOf = new Map<string, FeatureStore[]>();
  for (const { store, photos } of seen) {
    for (const { file } of photos) storesOf.set(file, [...(storesOf.get(file) ?? []), store]);
  }
  const turns = Array.from({ length: viewsPerEpoch }, (_, turn) => turn);
  const items = turns.flatMap((turn) => seen[0].photos.map((photo) => ({ ...photo, turn })));
  const load = (item: StoredPhoto & { turn: number }, pass: number, target: Float32Array): Promise<unknown> => {
    const { file, name, sha256, turn } = item;
    const stores = storesOf.get(file) as FeatureStore[];
    const time = pass * viewsPerEpoch + turn;
    const cycle = Math.floor(time / stores.length);
    const order = rankedBySeed(stores, options.shuffleSeed, ({ view }) => `${name}/${cycle}/${view.name}`);
    return order[time % stores.length].read(sha256, target);
  };
  return labelledBatches<StoredPhoto & { turn: number }, tf.Tensor4D>(
    items,
    { load, shape: seen[0].store.shape },
    options,
  );
}

function noView(): InputError {
  return new InputError({
    where: 'the views of viewBatches',
    found: 'none',
    expected: 'at least one, with its store and its photos',
    remedy: 'Give what extractFeatures returned for each view',
  });
}
