/** Predictions for photos in other views. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { evaluation, photos, tf, type dataset } from 'celeba-lab';
import { makePhotos, SMALL_FORMAT } from '../features/small-photos';

let folder: string;
let all: dataset.Photo[];
let classifier: evaluation.Classifier;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'predict-seen-'));
  all = await makePhotos(folder, 7);
  const kernelInitializer = tf.initializers.randomUniform({ seed: 1, minval: -1e-3, maxval: 1e-3 });
  const layers = [
    tf.layers.flatten({ inputShape: [8, 6, 3] }),
    tf.layers.dense({ units: 2, activation: 'sigmoid', kernelInitializer }),
  ];
  classifier = { model: tf.sequential({ layers }), format: SMALL_FORMAT };
});

after(() => rm(folder, { recursive: true }));

test('without a view predictSeen says what predictAllFiles says, in the order of the photos', async () => {
  const done: number[] = [];
  const onProgress = (count: number, total: number): void => void done.push(count, total);
  const rows = await evaluation.predictSeen(classifier, all, { batchSize: 3, onProgress });
  const expected = await evaluation.predictAllFiles(
    classifier,
    all.map(({ file }) => file),
    { batchSize: 3 },
  );
  assert.deepEqual(
    rows,
    all.map(({ name, label }, i) => ({ ...expected[i], name, label })),
  );
  assert.deepEqual(done, [3, 7, 6, 7, 7, 7]);
});

test('a view is what the network sees', async () => {
  const [plain, mirrored] = await Promise.all(
    [photos.PLAIN_VIEW, photos.MIRRORED_VIEW].map((view) =>
      evaluation.predictSeen(
        classifier,
        all.map((photo) => ({ ...photo, view })),
      ),
    ),
  );
  const flipped = await Promise.all(
    all.map(async ({ file }) => {
      const pixels = await photos.preparePhoto(file, SMALL_FORMAT, photos.MIRRORED_VIEW);
      return (await evaluation.outputsOf(classifier, [pixels]))[0];
    }),
  );
  mirrored.forEach(({ probabilities }, i) => {
    assert.ok(Math.abs(probabilities[0] - flipped[i][0]) < 1e-6);
    assert.notEqual(probabilities[0], plain[i].probabilities[0]);
  });
});

test('of no photos there are no predictions, and one that is gone is named', async () => {
  assert.deepEqual(await evaluation.predictSeen(classifier, []), []);
  const gone = { ...all[0], file: join(folder, 'gone.jpg') };
  await assert.rejects(evaluation.predictSeen(classifier, [gone]), /gone\.jpg/);
});
