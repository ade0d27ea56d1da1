import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { evaluation, SystemFault, tf, type dataset } from 'celeba-lab';
import sharp from 'sharp';
import { brightnessModel, TINY_FORMAT } from '../model/brightness-model';
import { FAILS_TO_READ, NEEDS_PROC } from '../photos/write-photos';

const { predictAllFiles, predictFiles, predictPhotos } = evaluation;

let folder: string;
let photos: dataset.Photo[];
let classifier: { model: tf.LayersModel; format: typeof TINY_FORMAT };

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'predictions-'));
  classifier = { model: brightnessModel(), format: TINY_FORMAT };
  photos = [];
  for (let i = 0; i < 10; i++) {
    const level = i % 2 === 0 ? 10 : 240;
    const file = join(folder, `${i}.png`);
    const color = { r: level, g: level, b: level };
    await sharp({ create: { width: 40, height: 30, channels: 3, background: color } }).toFile(file);
    photos.push({ file, name: `${i}.png`, label: i % 2, part: 'test' });
  }
  await writeFile(photos[4].file, 'no picture');
});

after(() => rm(folder, { recursive: true }));

test('predictPhotos gives label, decision and outputs of each photo in order, whatever the batch size', async () => {
  for (const batchSize of [1, 3, 100]) {
    const { predictions } = await predictPhotos(classifier, photos, { batchSize });
    assert.deepEqual(
      predictions.map(({ name, label, predicted }) => [name, label, predicted]),
      photos.filter((_, i) => i !== 4).map(({ name, label }) => [name, label, label]),
    );
    const [first] = predictions;
    assert.equal(first.probability, first.probabilities[first.predicted]);
  }
});

test('predictPhotos names the photos that could not be read, with the reason', async () => {
  const { unreadable } = await predictPhotos(classifier, photos);
  assert.deepEqual(
    unreadable.map(({ name, label }) => [name, label]),
    [['4.png', 0]],
  );
  assert.match(unreadable[0].error, /4\.png: found text, not a picture/);
});

test('predictFiles yields a row for each path, with an error in the place of the figures', async () => {
  const files = [photos[1].file, photos[4].file, join(folder, 'none.png'), photos[0].file];
  const rows = [];
  for await (const row of predictFiles(classifier, files)) rows.push(row);
  assert.deepEqual(
    rows.map((row) => row.file),
    files,
  );
  assert.deepEqual(await predictAllFiles(classifier, files), rows);
  assert.deepEqual(
    rows.map((row) => (row.error === undefined ? row.predicted : 'error')),
    [1, 'error', 'error', 0],
  );
});

test('predictFiles ends where the system failed to read a photo, and gives no row for it', NEEDS_PROC, async () => {
  const rows: string[] = [];
  const predictEach = async (): Promise<void> => {
    const files = [photos[0].file, FAILS_TO_READ, FAILS_TO_READ, photos[1].file];
    for await (const { file } of predictFiles(classifier, files, { batchSize: 1 })) rows.push(file);
  };
  await assert.rejects(predictEach(), SystemFault);
  assert.deepEqual(rows, [photos[0].file]);
});

test('predictPhotos ends before the next batch where stop says so, and tells its progress', async () => {
  const progress: number[] = [];
  const options = {
    batchSize: 2,
    onProgress: (done: number) => progress.push(done),
    stop: () => progress.length === 2,
  };
  const { predictions } = await predictPhotos(classifier, photos, options);
  assert.equal(predictions.length, 4);
  assert.deepEqual(progress, [2, 4]);
});

test('predictPhotos leaves no tensor behind', async () => {
  await predictPhotos(classifier, photos);
  const { numTensors } = tf.memory();
  await predictPhotos(classifier, photos, { batchSize: 2 });
  assert.equal(tf.memory().numTensors, numTensors);
});

/** Two units that see the left half of a picture only. */
function leftSided(): tf.Sequential {
  const flat = tf.layers.flatten({ inputShape: [24, 32, 3] });
  const model = tf.sequential({
    layers: [flat, tf.layers.dense({ units: 2, activation: 'sigmoid', name: 'decision' })],
  });
  tf.tidy(() => {
    const left = tf.concat([tf.fill([24, 16, 3], 1e-4), tf.zeros([24, 16, 3])], 1).reshape([24 * 32 * 3, 1]);
    model.getLayer('decision').setWeights([tf.concat([left.neg(), left], 1), tf.zeros([2])]);
  });
  return model;
}

test('predictPhotos with testTimeFlip averages a photo and its mirror image, and gives both the same answer', async () => {
  const model = leftSided();
  const raw = Buffer.alloc(30 * 40 * 3, 20).map((value, i) => (i % 120 < 60 ? value : 250));
  const picture = sharp(raw, { raw: { width: 40, height: 30, channels: 3 } }).png();
  const [file, mirrored] = [join(folder, 'half.png'), join(folder, 'mirrored.png')];
  await picture.toFile(file);
  await picture.clone().flop().toFile(mirrored);
  const outputs = async (testTimeFlip: boolean): Promise<number[][]> => {
    const rows = await predictAllFiles({ model, format: TINY_FORMAT, testTimeFlip }, [file, mirrored]);
    return rows.map((row) => ('probabilities' in row ? row.probabilities : []));
  };
  const [plain, averaged] = [await outputs(false), await outputs(true)];
  const mean = (plain[0][1] + plain[1][1]) / 2;
  assert.ok(Math.abs(plain[0][1] - plain[1][1]) > 0.1);
  assert.ok(averaged.every((row) => Math.abs(row[1] - mean) < 1e-6));
});
