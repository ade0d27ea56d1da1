import assert from 'node:assert/strict';
import { test } from 'node:test';
import { photos, tf, type dataset } from 'celeba-lab';
import { writeGreys } from './write-photos';

const FORMAT: photos.PhotoFormat = { ...photos.ARTICLE_FORMAT, height: 4, width: 5 };
const OPTIONS = { format: FORMAT, batchSize: 4, classCount: 2 };

/** Two epochs of a small network with batch normalization. */
async function train(training: dataset.Photo[], validation: dataset.Photo[]): Promise<tf.History> {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
  const network = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [4, 5, 3] }),
      tf.layers.dense({ units: 4, activation: 'relu', kernelInitializer }),
      tf.layers.batchNormalization(),
      tf.layers.dense({ units: 2, activation: 'sigmoid', kernelInitializer }),
    ],
  });
  network.compile({ optimizer: 'adam', loss: 'binaryCrossentropy', metrics: ['accuracy', 'categoricalAccuracy'] });
  return network.fitDataset(photos.photoBatches(training, { ...OPTIONS, shuffleSeed: 1 }), {
    epochs: 2,
    verbose: 0,
    validationData: photos.photoBatches(validation, OPTIONS),
  });
}

function assertFinite({ history }: tf.History): void {
  for (const [name, values] of Object.entries(history)) {
    assert.equal(values.length, 2, name);
    assert.ok((values as number[]).every(Number.isFinite), `${name}: ${values.join(', ')}`);
  }
}

test('training goes on through batches that hold photos of one class only', async (t) => {
  const all = await writeGreys(t, 16);
  const mostlyOne = all.filter(({ label }, i) => label === 0 || i === 1);
  assertFinite(await train(mostlyOne, all));
});

test('a validation set smaller than a batch, down to a single photo, is validated whole', async (t) => {
  const all = await writeGreys(t, 12);
  assertFinite(await train(all, all.slice(0, 3)));
  assertFinite(await train(all, all.slice(0, 1)));
});

test('fewer training photos than a batch train as one batch', async (t) => {
  const all = await writeGreys(t, 3);
  assertFinite(await train(all, all));
});

test('a batch of far more photos than there are holds them all, and takes no more memory than they need', async (t) => {
  const all = await writeGreys(t, 3);
  const [{ xs, ys }] = await photos.photoBatches(all, { ...OPTIONS, batchSize: 1e9 }).toArray();
  assert.deepEqual(xs.shape, [3, 4, 5, 3]);
  tf.dispose([xs, ys]);
});

test('shuffled photos that fill their batches come in full ones, and a rest of two stays by itself', async (t) => {
  const all = await writeGreys(t, 10);
  const sizesOf = async (count: number): Promise<number[]> => {
    const sizes: number[] = [];
    await photos.photoBatches(all.slice(0, count), { ...OPTIONS, shuffleSeed: 1 }).forEachAsync(({ xs, ys }) => {
      sizes.push(xs.shape[0]);
      tf.dispose([xs, ys]);
    });
    return sizes;
  };
  assert.deepEqual(await sizesOf(8), [4, 4]);
  assert.deepEqual(await sizesOf(10), [4, 4, 2]);
});

test('photoBatches refuses sizes that would give no batch, and labels that belong to no class', async (t) => {
  const all = await writeGreys(t, 4);
  for (const batchSize of [0, -1, NaN, 1.5])
    assert.throws(() => photos.photoBatches(all, { ...OPTIONS, batchSize }), /^InputError: batchSize: found /);
  assert.throws(
    () => photos.photoBatches(all, { ...OPTIONS, classCount: 1 }),
    /label: found 1, expected a class index, 0 to 0/,
  );
  for (const labelSmoothing of [NaN, 1, -0.1])
    assert.throws(
      () => photos.photoBatches(all, { ...OPTIONS, labelSmoothing }),
      /labelSmoothing: found .* 0 to below 1/,
    );
});
