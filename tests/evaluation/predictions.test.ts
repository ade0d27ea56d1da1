import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { evaluation, SystemFault, tf } from 'celeba-lab';
import sharp from 'sharp';
import { brightnessModel, TINY_FORMAT } from '../model/brightness-model';
import { FAILS_TO_READ, NEEDS_PROC } from '../photos/write-photos';

const { predictAllFiles, predictFiles } = evaluation;

// Dark and bright pictures in turn, the first of them dark; this one can't be read.
const DAMAGED = 4;

let folder: string;
let files: string[];
let classifier: { model: tf.LayersModel; format: typeof TINY_FORMAT };

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'predictions-'));
  classifier = { model: brightnessModel(), format: TINY_FORMAT };
  files = Array.from({ length: 10 }, (_, i) => join(folder, `${i}.png`));
  for (const [i, file] of files.entries()) {
    const level = i % 2 === 0 ? 10 : 240;
    const color = { r: level, g: level, b: level };
    await sharp({ create: { width: 40, height: 30, channels: 3, background: color } }).toFile(file);
  }
  await writeFile(files[DAMAGED], 'no picture');
});

after(() => rm(folder, { recursive: true }));

test('predictAllFiles gives decision and outputs of each photo in order, whatever the batch size', async () => {
  for (const batchSize of [1, 3, 100]) {
    const rows = await predictAllFiles(classifier, files, { batchSize });
    assert.deepEqual(
      rows.map((row) => [row.file, row.error === undefined ? row.predicted : 'error']),
      files.map((file, i) => [file, i === DAMAGED ? 'error' : i % 2]),
    );
    for (const row of rows)
      if (row.error === undefined) assert.equal(row.probability, row.probabilities[row.predicted]);
  }
});

test('predictFiles yields a row for each path, with an error in the place of the figures', async () => {
  const given = [files[1], files[DAMAGED], join(folder, 'none.png'), files[0]];
  const rows = [];
  for await (const row of predictFiles(classifier, given)) rows.push(row);
  assert.deepEqual(await predictAllFiles(classifier, given), rows);
  const [bright, damaged, missing, dark] = rows;
  assert.deepEqual(
    [bright, dark].map((row) => (row.error === undefined ? [row.file, row.predicted] : row)),
    [
      [files[1], 1],
      [files[0], 0],
    ],
  );
  assert.deepEqual([damaged, missing].map(Object.keys), Array(2).fill(['file', 'error']));
  assert.match(damaged.error ?? '', /4\.png: found text, not a picture/);
  assert.match(missing.error ?? '', /none\.png: found no such file/);
});

test('predictFiles ends where the system failed to read a photo, and gives no row for it', NEEDS_PROC, async () => {
  const rows: string[] = [];
  const predictEach = async (): Promise<void> => {
    const given = [files[0], FAILS_TO_READ, FAILS_TO_READ, files[1]];
    for await (const { file } of predictFiles(classifier, given, { batchSize: 1 })) rows.push(file);
  };
  await assert.rejects(predictEach(), SystemFault);
  assert.deepEqual(rows, [files[0]]);
});

test('predictAllFiles ends before the next batch where stop says so, and tells its progress', async () => {
  const progress: number[] = [];
  const options = {
    batchSize: 2,
    onProgress: (done: number) => progress.push(done),
    stop: () => progress.length === 2,
  };
  const rows = await predictAllFiles(classifier, files, options);
  assert.deepEqual(
    rows.map((row) => row.file),
    files.slice(0, 4),
  );
  assert.deepEqual(progress, [2, 4]);
});

test('predictAllFiles leaves no tensor behind', async () => {
  await predictAllFiles(classifier, files);
  const { numTensors } = tf.memory();
  await predictAllFiles(classifier, files, { batchSize: 2 });
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

test('predictAllFiles with testTimeFlip averages a photo and its mirror image, and gives both the same answer', async () => {
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
