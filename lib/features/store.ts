/** Frozen features on disk, one entry for each photo's content, computed once for all runs. */

import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError } from '../errors';
import { explainNoRoom, makeFolder, readingFault, sha256Of } from '../files';
import type { Precision } from '../native';
import type { PhotoFormat } from '../photos/photo-format';
import { isPlain, PLAIN_VIEW, type PhotoView } from '../photos/view';
import { gpuArithmetic } from '../tensorflow/device-observations';
import type { tf } from '../tensorflow/load';
import { decodeFeatures, encodeFeatures } from './codec';
import { readBlockHeader, readRecord, writeBlock, type FeatureRecord } from './feature-block';

// An hour: no block takes that long to write.
const LEFTOVER_MS = 3_600_000;

/** A folder of feature blocks that all come from one trunk and one way of preparing photos. */
export class FeatureStore {
  /** One sentence for each block that was found damaged, and taken away. */
  readonly damaged: string[] = [];
  private toldCount = 0;
  private readonly records = new Map<string, { path: string; record: FeatureRecord }>();
  private readonly checks = new Map<string, Promise<void>>();

  private constructor(
    /** Absolute path of the folder. */
    readonly folder: string,
    /** Shape of one photo's features, such as [11, 13, 512]. */
    readonly shape: number[],
    /** How the photos were seen. */
    readonly view: PhotoView,
    /** Number format in which the features are computed; stored as float32 either way. */
    readonly precision: Precision,
  ) {}

  /**
   * Opens the store of a trunk under a folder, and makes it where there is none. Features that a GPU computes have a store of
   * their own. Broken blocks are taken away and named in `damaged`.
   * @param root      folder of all stores, such as outputs/features
   * @param trunk     the frozen layers; their weights and output shape are part of the store's name
   * @param format    how photos are prepared; part of the name too
   * @param view      how photos are seen, part of the name but for what the view is called; default as they are
   * @param precision bfloat16: about 1 % off, for CPUs that compute in it; part of the name; default float32
   */
  static async open(
    root: string,
    trunk: tf.LayersModel,
    format: PhotoFormat,
    view: PhotoView = PLAIN_VIEW,
    precision: Precision = 'float32',
  ): Promise<FeatureStore> {
    const shape = trunk.outputShape.slice(1) as number[];
    const folder = join(root, await storeKey(trunk, format, view, precision));
    const store = new FeatureStore(folder, shape, view, precision);
    await makeFolder(store.folder);
    for (const name of (await readdir(store.folder)).sort()) {
      const path = join(store.folder, name);
      if (name.startsWith('.')) await removeLeftover(path);
      if (name.startsWith('.') || !name.endsWith('.block')) continue;
      const records = await readBlockHeader(path, basename(store.folder));
      if (records === undefined)
        await store.takeAway(
          path,
          'no whole block of this store: cut short, copied from another one, or something else',
        );
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
   * Whether the features of a photo are here and are those that were written. Its block is read whole at the first
   * question about any of its photos; a damaged one is taken away, with all its photos, and named in `damaged`.
   * @param photo SHA-256 of its file
   * @throws      InputError where the block may not be read, else the system's error; the block stays, to be asked for again
   */
  async verify(photo: string): Promise<boolean> {
    const entry = this.records.get(photo);
    if (entry === undefined) return false;
    const check = this.checks.get(entry.path) ?? this.checkBlock(entry.path);
    this.checks.set(entry.path, check);
    await check;
    return this.records.has(photo);
  }

  /** What was added to `damaged` since this was last asked. */
  newlyDamaged(): string[] {
    const before = this.toldCount;
    this.toldCount = this.damaged.length;
    return this.damaged.slice(before);
  }

  /**
   * Adds photos as one block: all of them or, interrupted, none.
   * @param entries SHA-256 of each photo's file, and its features, float32 [shape]
   * @throws        SystemFault where the disk is full, else the system's error; all that was added before is still there
   */
  async add(entries: { photo: string; features: Float32Array }[]): Promise<void> {
    const name = sha256Of(entries.map((e) => e.photo).join()).slice(0, 16);
    const path = join(this.folder, `${name}.block`);
    const encoded = entries.map(({ photo, features }) => ({ photo, encoded: encodeFeatures(features) }));
    try {
      this.index(path, await writeBlock(path, basename(this.folder), encoded));
    } catch (error) {
      throw explainWriteFault(error, this.folder, encoded);
    }
    this.checks.set(path, Promise.resolve());
  }

  /**
   * The features of one photo, checked.
   * @param photo  SHA-256 of its file
   * @param target where to put them; default a new array
   * @returns      `target`, float32 [shape], flat
   * @throws       InputError where the stored bytes are damaged; Error where the photo was never added
   */
  async read(photo: string, target?: Float32Array): Promise<Float32Array> {
    const entry = this.records.get(photo);
    if (entry === undefined) throw new Error(`The feature store has no photo ${photo}: extract it first.`);
    const length = this.shape.reduce((product, side) => product * side, 1);
    return decodeFeatures(await readRecord(entry.path, entry.record), length, target);
  }

  private async checkBlock(path: string): Promise<void> {
    const records = [...this.records.values()].filter((entry) => entry.path === path).map(({ record }) => record);
    try {
      for (const record of records) await readRecord(path, record);
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : undefined;
      const found = error instanceof InputError ? error.found : missing;
      if (found !== undefined) return this.takeAway(path, found);
      // Such as too many open files: says nothing of the hours of work that lie there.
      this.checks.delete(path);
      throw readingFault(path, 'file', 'features of photos', error);
    }
  }

  private async takeAway(path: string, found: string): Promise<void> {
    const before = this.records.size;
    for (const [photo, entry] of this.records) if (entry.path === path) this.records.delete(photo);
    await rm(path, { force: true });
    const lost = before > this.records.size ? ` of ${before - this.records.size} photos` : '';
    this.damaged.push(`${basename(this.folder)}/${basename(path)}: ${found}. The features${lost} are computed again.`);
  }

  private index(path: string, records: FeatureRecord[]): void {
    for (const record of records) this.records.set(record.photo, { path, record });
  }
}

// What a run that was killed had written aside; younger ones may be another run's, at work.
async function removeLeftover(path: string): Promise<void> {
  const state = await stat(path).catch(() => undefined);
  if (state?.isFile() && Date.now() - state.mtimeMs > LEFTOVER_MS) await rm(path, { force: true });
}

function explainWriteFault(error: unknown, folder: string, entries: { encoded: Uint8Array }[]): unknown {
  const megabytes = entries.reduce((sum, { encoded }) => sum + encoded.length, 0) / 1e6;
  return explainNoRoom(error, {
    where: folder,
    needed: `${megabytes.toFixed(1)} MB, the features of ${entries.length} photos`,
    kept: 'what was computed before is kept',
  });
}

async function storeKey(
  trunk: tf.LayersModel,
  format: PhotoFormat,
  view: PhotoView,
  precision: Precision,
): Promise<string> {
  const { flip, scale, shiftX, shiftY, degradation } = view;
  const device = gpuArithmetic();
  // Left out where they change nothing, so that stores made before there were views and formats are found.
  const seen = {
    ...(!isPlain(view) && { view: [flip, scale, shiftX, shiftY, ...(degradation ? [degradation] : [])] }),
    ...(precision !== 'float32' && { precision }),
    ...(device && { device }),
  };
  const hash = createHash('sha256').update(JSON.stringify({ format, shape: trunk.outputShape, ...seen }));
  for (const weight of trunk.getWeights()) {
    // These bytes alone: before a tensor's first use its values are a part of the weights' whole file.
    const { buffer, byteOffset, byteLength } = await weight.data();
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex').slice(0, 16);
}
