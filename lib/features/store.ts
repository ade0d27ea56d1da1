/** Frozen features on disk, one entry for each photo's content, computed once for all runs. */

import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PhotoFormat } from '../photos/photo-format';
import { isPlain, PLAIN_VIEW, type PhotoView } from '../photos/view';
import type { tf } from '../tensorflow/load';
import { decodeFeatures, encodeFeatures } from './codec';
import { readBlockHeader, readRecord, writeBlock, type FeatureRecord } from './feature-block';

/** A folder of feature blocks that all come from one trunk and one way of preparing photos. */
export class FeatureStore {
  private readonly records = new Map<string, { path: string; record: FeatureRecord }>();

  private constructor(
    /** Absolute path of the folder. */
    readonly folder: string,
    /** Shape of one photo's features, such as [11, 13, 512]. */
    readonly shape: number[],
    /** How the photos were seen. */
    readonly view: PhotoView,
  ) {}

  /**
   * Opens the store of a trunk under a folder, and makes it where there is none. Broken blocks are taken away.
   * @param root   folder of all stores, such as outputs/features
   * @param trunk  the frozen layers; their weights and output shape are part of the store's name
   * @param format how photos are prepared; part of the name too
   * @param view   how photos are seen, part of the name but for what the view is called; default as they are
   */
  static async open(
    root: string,
    trunk: tf.LayersModel,
    format: PhotoFormat,
    view: PhotoView = PLAIN_VIEW,
  ): Promise<FeatureStore> {
    const shape = trunk.outputShape.slice(1) as number[];
    const store = new FeatureStore(join(root, await storeKey(trunk, format, view)), shape, view);
    await mkdir(store.folder, { recursive: true });
    for (const name of (await readdir(store.folder)).sort()) {
      if (!name.endsWith('.block')) continue;
      const path = join(store.folder, name);
      const records = await readBlockHeader(path);
      if (records === undefined) await rm(path);
      else store.index(path, records);
    }
    return store;
  }

  /** Photos whose features are here. */
  get size(): number {
    return this.records.size;
  }

  /** Whether the features of a photo are here; `photo` is the SHA-256 of its file. */
  has(photo: string): boolean {
    return this.records.has(photo);
  }

  /**
   * Adds photos as one block: all of them or, interrupted, none.
   * @param entries SHA-256 of each photo's file, and its features, float32 [shape]
   */
  async add(entries: { photo: string; features: Float32Array }[]): Promise<void> {
    const path = join(
      this.folder,
      `${createHash('sha256')
        .update(entries.map((e) => e.photo).join())
        .digest('hex')
        .slice(0, 16)}.block`,
    );
    const encoded = entries.map(({ photo, features }) => ({ photo, encoded: encodeFeatures(features) }));
    this.index(path, await writeBlock(path, encoded));
  }

  /**
   * The features of one photo, checked.
   * @param photo SHA-256 of its file
   * @returns     float32 [shape], flat
   * @throws      InputError where the stored bytes are damaged; Error where the photo was never added
   */
  async read(photo: string): Promise<Float32Array> {
    const entry = this.records.get(photo);
    if (entry === undefined) throw new Error(`The feature store has no photo ${photo}: extract it first.`);
    const length = this.shape.reduce((product, side) => product * side, 1);
    return decodeFeatures(await readRecord(entry.path, entry.record), length);
  }

  private index(path: string, records: FeatureRecord[]): void {
    for (const record of records) this.records.set(record.photo, { path, record });
  }
}

async function storeKey(trunk: tf.LayersModel, format: PhotoFormat, view: PhotoView): Promise<string> {
  const { flip, scale, shiftX, shiftY } = view;
  // Left out where it changes nothing, so that stores made before there were views are found.
  const seen = isPlain(view) ? {} : { view: [flip, scale, shiftX, shiftY] };
  const hash = createHash('sha256').update(JSON.stringify({ format, shape: trunk.outputShape, ...seen }));
  for (const weight of trunk.getWeights()) hash.update(new Uint8Array((await weight.data()).buffer.slice(0)));
  return hash.digest('hex').slice(0, 16);
}
