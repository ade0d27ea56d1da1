import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { photos, tf } from 'celeba-lab';
import { labelledBatches } from 'celeba-lab/dist/photos/labelled-batches';
import { writeGreys } from './write-photos';

const FORMAT: photos.PhotoFormat = { ...photos.ARTICLE_FORMAT, height: 4, width: 5 };
const OPTIONS = { format: FORMAT, batchSize: 3, classCount: 2 };

interface Seen {
  shape: number[];
  greys: number[];
  classes: number[][];
}

/** Reads one pass and disposes it: of each batch its shape, the grey of each photo, the classes. */
async function readPass(batches: tf.data.Dataset<photos.PhotoBatch>): Promise<Seen[]> {
  const seen: Seen[] = [];
  await batches.forEachAsync(({ xs, ys }) => {
    const greys = xs.slice([0, 0, 0, 0], [-1, 1, 1, 1]);
    const classes = ys.arraySync();
    seen.push({
      shape: xs.shape,
      greys: [...greys.dataSync()].map((value) => Math.round((value + 103.939) / 10)),
      classes,
    });
    tf.dispose([xs, ys, greys]);
  });
  return seen;
}

async function greysOf(batches: tf.data.Dataset<photos.PhotoBatch>): Promise<number[]> {
  return (await readPass(batches)).flatMap(({ greys }) => greys);
}

test('photoBatches gives photos in their order with one-hot classes, the last batch with the rest', async (t) => {
  const seen = await readPass(photos.photoBatches(await writeGreys(t, 8), OPTIONS));
  assert.deepEqual(
    seen.map(({ shape }) => shape),
    [3, 3, 2].map((n) => [n, 4, 5, 3]),
  );
  assert.deepEqual(
    seen.flatMap(({ greys }) => greys),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
  assert.deepEqual(seen[2].classes, [
    [1, 0],
    [0, 1],
  ]);
});

test('a batch, and what was read out of it, keep their values while later batches are loaded', async (t) => {
  const kept: { xs: tf.Tensor4D; view: tf.Tensor; values: Float32Array }[] = [];
  const seen: number[][] = [];
  await photos.photoBatches(await writeGreys(t, 30), OPTIONS).forEachAsync(({ xs, ys }) => {
    const view = xs.reshape([-1]);
    const values = xs.dataSync<'float32'>();
    kept.push({ xs, view, values });
    seen.push([...values]);
    ys.dispose();
  });
  kept.forEach(({ xs, view, values }, i) => {
    assert.deepEqual([...values], seen[i]);
    xs.dispose();
    assert.deepEqual([...view.dataSync()], seen[i]);
    view.dispose();
  });
  assert.equal(new Set(seen.map(String)).size, 10);
});

test('a shuffled rest of one photo gets a second one, since batch normalization needs two', async (t) => {
  const all = await writeGreys(t, 7);
  const sizes = async (options: Partial<photos.BatchOptions>): Promise<number[]> =>
    (await readPass(photos.photoBatches(all, { ...OPTIONS, ...options }))).map(({ shape }) => shape[0]);
  assert.deepEqual(await sizes({ shuffleSeed: 1 }), [3, 2, 2]);
  assert.deepEqual(await sizes({}), [3, 3, 1]);
  assert.deepEqual(
    (await greysOf(photos.photoBatches(all, { ...OPTIONS, shuffleSeed: 1 }))).sort(),
    [1, 2, 3, 4, 5, 6, 7],
  );
});

test('a shuffled rest of one photo in batches of two is seen with a second time of another, in as many steps', async (t) => {
  const all = await writeGreys(t, 7);
  const seen = await readPass(photos.photoBatches(all, { ...OPTIONS, shuffleSeed: 1, batchSize: 2 }));
  assert.deepEqual(
    seen.map(({ greys }) => new Set(greys).size),
    [2, 2, 2, 2],
  );
  const greys = seen.flatMap((batch) => batch.greys);
  assert.deepEqual(greys.slice(0, -2).concat(greys.slice(-1)).sort(), [1, 2, 3, 4, 5, 6, 7]);
  const alone = await readPass(photos.photoBatches(all.slice(0, 1), { ...OPTIONS, shuffleSeed: 1, batchSize: 2 }));
  assert.deepEqual(
    alone.map(({ greys }) => greys),
    [[1]],
  );
});

test('photoBatches gives each pass a new order that the seed fixes, with every photo once', async (t) => {
  const all = await writeGreys(t, 8);
  const passes = async (shuffleSeed: number): Promise<number[][]> => {
    const batches = photos.photoBatches(all, { ...OPTIONS, shuffleSeed });
    return [await greysOf(batches), await greysOf(batches)];
  };
  const [first, second] = await passes(1);
  assert.deepEqual([...first].sort(), [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.notDeepEqual(first, second);
  assert.deepEqual(await passes(1), [first, second]);
  assert.notDeepEqual((await passes(2))[0], first);
});

test('photoBatches ends its pass once stop says so', async (t) => {
  let asked = false;
  const batches = photos.photoBatches(await writeGreys(t, 8), { ...OPTIONS, stop: () => asked });
  const iterator = await batches.iterator();
  const { value } = await iterator.next();
  tf.dispose(value);
  asked = true;
  assert.equal((await iterator.next()).done, true);
});

test('labelledBatches leaves nothing loading behind a pass that stop, or a failure, has ended', async () => {
  let loading = 0;
  const load = async ({ value }: { value: number }): Promise<void> => {
    loading++;
    await setTimeout(5 + 10 * value).finally(() => loading--);
    if (value === 4) throw new Error('damaged');
  };
  const pass = (count: number, stop: () => boolean) => {
    const items = Array.from({ length: count }, (_, value) => ({ value, label: 0 }));
    return labelledBatches(items, { load, shape: [1] }, { batchSize: 2, classCount: 1, stop }).iterator();
  };
  let asked = false;
  const stopped = await pass(4, () => asked);
  tf.dispose((await stopped.next()).value);
  assert.equal(loading, 2);
  asked = true;
  assert.deepEqual([(await stopped.next()).done, loading], [true, 0]);
  const failing = await pass(9, () => false);
  tf.dispose([(await failing.next()).value, (await failing.next()).value]);
  await assert.rejects(failing.next(), /damaged/);
  assert.equal(loading, 0);
});

test('photoBatches fails by name at the batch with a photo that cannot be read', async (t) => {
  const all = await writeGreys(t, 8);
  writeFileSync(all[7].file, '');
  const iterator = await photos.photoBatches(all, OPTIONS).iterator();
  tf.dispose([(await iterator.next()).value, (await iterator.next()).value]);
  await assert.rejects(iterator.next(), /7\.jpg: found an empty file/);
});

test('two epochs of training on photoBatches, with validation, leave no tensor behind', async (t) => {
  const all = await writeGreys(t, 8);
  const model = tf.sequential({
    layers: [tf.layers.flatten({ inputShape: [4, 5, 3] }), tf.layers.dense({ units: 2 })],
  });
  model.compile({ optimizer: tf.train.sgd(1e-6), loss: 'meanSquaredError' });
  const train = photos.photoBatches(all, { ...OPTIONS, shuffleSeed: 1 });
  const validationData = photos.photoBatches(all, OPTIONS);
  await model.fitDataset(train, { epochs: 1, validationData, verbose: 0 });
  const before = tf.memory().numTensors;
  await model.fitDataset(train, { epochs: 2, validationData, verbose: 0 });
  assert.equal(tf.memory().numTensors, before);
});

test('the second pass of one seed has another order than the first pass of the next seed', async (t) => {
  const all = await writeGreys(t, 8);
  const batches = photos.photoBatches(all, { ...OPTIONS, shuffleSeed: 1 });
  await greysOf(batches);
  assert.notDeepEqual(await greysOf(batches), await greysOf(photos.photoBatches(all, { ...OPTIONS, shuffleSeed: 2 })));
});

test('a batch that was being loaded when stop said so is not given', async () => {
  let stopped = false;
  const load = (): Promise<void> => Promise.resolve(void (stopped = true));
  const options = { batchSize: 1, classCount: 2, stop: () => stopped };
  const iterator = await labelledBatches([{ label: 0 }], { load, shape: [1] }, options).iterator();
  assert.equal((await iterator.next()).done, true);
});

test('labelledBatches loads three batches at most, however slowly they are taken', async () => {
  let loaded = 0;
  const load = async (): Promise<void> => void loaded++;
  const items = Array.from({ length: 40 }, () => ({ label: 0 }));
  const batches = await labelledBatches(items, { load, shape: [1] }, { batchSize: 2, classCount: 2 }).iterator();
  tf.dispose((await batches.next()).value as tf.TensorContainer);
  for (let turn = 0; turn < 20; turn++) await setImmediate();
  assert.ok(loaded <= 6, `${loaded} photos`);
});
