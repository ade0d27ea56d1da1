import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { features, photos, tf } from 'celeba-lab';
import { makePhotos, SMALL_FORMAT } from './small-photos';

const root = mkdtemp(join(tmpdir(), 'views-'));
after(async () => rm(await root, { recursive: true }));

const VIEWS = [photos.PLAIN_VIEW, photos.MIRRORED_VIEW, { ...photos.PLAIN_VIEW, name: 'nearer', scale: 1.2 }];

/** A store for each view in which a photo's only feature says which view it is. */
async function numberedStores(folder: string, count: number) {
  const trunk = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1, 1, 1] })] });
  const all = await makePhotos(join(await root, folder), count);
  const stored = all.map((photo, i) => ({ ...photo, sha256: `${i}`.padStart(64, '0') }));
  const stores = await Promise.all(
    VIEWS.map(async (view, number) => {
      const store = await features.FeatureStore.open(join(await root, `${folder}-store`), trunk, SMALL_FORMAT, view);
      await store.add(stored.map(({ sha256 }) => ({ photo: sha256, features: new Float32Array([number]) })));
      return store;
    }),
  );
  return { seen: stores.map((store) => ({ store, photos: stored })), stored };
}

async function passes(batches: tf.data.Dataset<features.FeatureBatch>, count: number): Promise<number[][]> {
  const rows: number[][] = [];
  for (let pass = 0; pass < count; pass++) {
    rows.push((await batches.toArray()).flatMap(({ xs }) => Array.from(xs.dataSync())));
  }
  return rows;
}

const FLOW = { batchSize: 4, classCount: 2, shuffleSeed: 3 };

test('viewBatches shows each photo once in each view over as many passes as there are views', async () => {
  const { seen, stored } = await numberedStores('all', 9);
  const batches = stored.map((photo) => {
    const alone = seen.map(({ store }) => ({ store, photos: [photo] }));
    return features.viewBatches(alone, FLOW);
  });
  const first: number[] = [];
  for (const photo of batches) {
    const views = (await passes(photo, 3)).flat();
    first.push(views[0]);
    assert.deepEqual([...views].sort(), [0, 1, 2]);
  }
  assert.deepEqual([...new Set(first)].sort(), [0, 1, 2]);
});

test('viewBatches shows each photo in two views of one pass where it is asked to, and in the next ones after', async () => {
  const { seen, stored } = await numberedStores('twice', 9);
  for (const photo of stored) {
    const alone = seen.map(({ store }) => ({ store, photos: [photo] }));
    const [first, second, third] = await passes(features.viewBatches(alone, { ...FLOW, viewsPerEpoch: 2 }), 3);
    assert.equal(first.length, 2);
    assert.notEqual(first[0], first[1]);
    const counts = [0, 1, 2].map((view) => [first, second, third].flat().filter((one) => one === view).length);
    assert.deepEqual(counts, [2, 2, 2]);
  }
});

test('viewBatches draws the same views again for the same seed, and others for another', async () => {
  const { seen } = await numberedStores('seeds', 9);
  const of = (shuffleSeed: number) => passes(features.viewBatches(seen, { ...FLOW, shuffleSeed }), 2);
  assert.deepEqual(await of(1), await of(1));
  assert.notDeepEqual(await of(1), await of(2));
});

test('viewBatches refuses to show photos in no view', () => {
  assert.throws(() => features.viewBatches([], FLOW), {
    name: 'InputError',
    message: /^the views of viewBatches: found none, expected at least one/,
  });
});

test('viewBatches smooths labels where it is asked to, and features stay', async () => {
  const { seen } = await numberedStores('smooth', 4);
  const [{ ys }] = await features.viewBatches(seen, { ...FLOW, labelSmoothing: 0.1 }).toArray();
  const rows = (await ys.array()).map((row) => row.map((value) => Number(value.toFixed(4))));
  assert.deepEqual(rows.map((row) => row.join()).sort(), ['0.05,0.95', '0.05,0.95', '0.95,0.05', '0.95,0.05']);
});

test('viewBatches shows a photo only in the views that list it', async () => {
  const { seen, stored } = await numberedStores('some', 4);
  const [plain, mirrored] = seen;
  const batches = features.viewBatches([plain, { ...mirrored, photos: [stored[2]] }], { ...FLOW, batchSize: 1 });
  const views = await passes(batches, 6);
  assert.equal(views.flat().filter((view) => view === 1).length, 3);
});

test('viewBatches shows the views in another order once each was shown', async () => {
  const { seen, stored } = await numberedStores('cycles', 9);
  const cycles = await Promise.all(
    stored.map(async (photo) => {
      const alone = seen.map(({ store }) => ({ store, photos: [photo] }));
      const views = (await passes(features.viewBatches(alone, FLOW), 6)).flat();
      return [views.slice(0, 3), views.slice(3)];
    }),
  );
  for (const cycle of cycles.flat()) assert.deepEqual([...cycle].sort(), [0, 1, 2]);
  assert.notDeepEqual(
    cycles.map(([first]) => first),
    cycles.map(([, second]) => second),
  );
});
