/** npm run bench -- --store: a generated feature store of many photos, written, opened and streamed; memory must stay flat. */

import { readdir, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { features, files, photos, random, tf } from 'celeba-lab';
import { OutsideFault } from '../command';
import { withScratch } from './scratch';

/** Figures of a store. */
export interface StoreFigures {
  photos: number;
  /** On disk, as the block files are long. */
  bytesPerPhoto: number;
  writeSeconds: number;
  openSeconds: number;
  readPhotosPerSecond: number;
  /** Resident memory after the first tenth of a pass, and the most after it. */
  residentBytesEarly: number;
  residentBytesMost: number;
}

const SHAPE = [11, 13, 512];
const SIZE = SHAPE.reduce((product, side) => product * side, 1);
const PHOTOS_PER_BLOCK = 64;
const BATCH = 12;
// Of VGG16's features at block4_pool.
const SHARE_ABOVE_ZERO = 0.24;
// A bit for each value, and those above 0: for the room that is needed, before anything is written.
const EXPECTED_BYTES_PER_PHOTO = SIZE / 8 + 4 * SHARE_ABOVE_ZERO * SIZE;

/**
 * @param count   photos
 * @param onPhase told what is done now
 * @throws        OutsideFault where the disk hasn't the room
 */
export async function measureStore(count: number, onPhase: (phase: string) => void): Promise<StoreFigures> {
  await checkRoom(count * EXPECTED_BYTES_PER_PHOTO);
  return withScratch('celeba-bench-store-', (folder) => measureIn(folder, count, onPhase));
}

async function measureIn(folder: string, count: number, onPhase: (phase: string) => void): Promise<StoreFigures> {
  const trunk = tf.sequential({ layers: [tf.layers.activation({ activation: 'linear', inputShape: SHAPE })] });
  const open = () => features.FeatureStore.open(folder, trunk, photos.ARTICLE_FORMAT);
  onPhase(`writing ${count} photos`);
  const [writeSeconds] = await timed(async () => fill(await open(), count));
  const [openSeconds, store] = await timed(open);
  onPhase('reading them once, shuffled');
  return {
    photos: count,
    bytesPerPhoto: (await blockBytes(folder)) / count,
    writeSeconds,
    openSeconds,
    ...(await readOnce(store, count)),
  };
}

async function checkRoom(bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(tmpdir());
  if (bavail * bsize > 1.1 * bytes) return;
  throw new OutsideFault({
    where: tmpdir(),
    found: `${((bavail * bsize) / 1e9).toFixed(1)} GB free`,
    expected: `${((1.1 * bytes) / 1e9).toFixed(1)} GB for the generated store`,
    remedy: 'Set TMPDIR to a folder on another disk, or --photos to fewer',
  });
}

async function blockBytes(folder: string): Promise<number> {
  let bytes = 0;
  for (const path of await readdir(folder, { recursive: true }))
    if (path.endsWith('.block')) bytes += (await stat(join(folder, path))).size;
  return bytes;
}

async function fill(store: features.FeatureStore, count: number): Promise<void> {
  const draw = random.seededRandom(1);
  const values = Float32Array.from({ length: 2 * SIZE }, () => (draw() < SHARE_ABOVE_ZERO ? 50 * draw() : 0));
  for (let start = 0; start < count; start += PHOTOS_PER_BLOCK) {
    const entries = Array.from({ length: Math.min(PHOTOS_PER_BLOCK, count - start) }, (_, i) => {
      const offset = Math.floor(SIZE * draw());
      return { photo: nameOf(start + i), features: values.subarray(offset, offset + SIZE) };
    });
    await store.add(entries);
  }
}

async function readOnce(store: features.FeatureStore, count: number) {
  const stored = Array.from({ length: count }, (_, i) => ({
    ...{ file: '', name: String(i), label: i % 2, part: 'train' as const },
    sha256: nameOf(i),
  }));
  const batches = features.featureBatches(store, stored, { batchSize: BATCH, classCount: 2, shuffleSeed: 1 });
  let [seen, early, most] = [0, 0, 0];
  const [seconds] = await timed(() =>
    batches.forEachAsync(({ xs, ys }) => {
      seen += xs.shape[0];
      tf.dispose([xs, ys]);
      if (seen % (BATCH * 10) !== 0) return;
      const resident = process.memoryUsage.rss();
      if (seen <= count / 10) early = Math.max(early, resident);
      else most = Math.max(most, resident);
    }),
  );
  return { readPhotosPerSecond: seen / seconds, residentBytesEarly: early, residentBytesMost: most };
}

async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
  const began = performance.now();
  const result = await work();
  return [(performance.now() - began) / 1000, result];
}

function nameOf(index: number): string {
  return files.sha256Of(String(index));
}
