import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { evaluation, type dataset } from 'celeba-lab';
import sharp from 'sharp';
import { TINY_FORMAT } from '../model/brightness-model';

const { nearestMean, nearestMeanOfPhotos } = evaluation;

/** Points around (0, 0) and (1, 1), the same each time. */
function points(count: number, shift: number): evaluation.LabelledPixels[] {
  return Array.from({ length: count }, (_, i) => {
    const label = i % 2;
    return { label, pixels: [label + 0.7 * Math.sin(7 * i + shift), label + 0.7 * Math.cos(11 * i + shift)] };
  });
}

/** All at once, with arrays of everything: the slow, plain way. */
function naiveNearestMean(train: evaluation.LabelledPixels[], test: evaluation.LabelledPixels[]): number[] {
  const mean = (label: number, axis: number): number => {
    const values = train.filter((point) => point.label === label).map((point) => point.pixels[axis]);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const distance = (point: evaluation.LabelledPixels, label: number): number =>
    Math.hypot(point.pixels[0] - mean(label, 0), point.pixels[1] - mean(label, 1));
  return test.map((point) => (distance(point, 1) < distance(point, 0) ? 1 : 0));
}

async function* streamed<T>(items: T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

test('nearestMean agrees with computing means and distances all at once', async () => {
  const [train, unseen] = [points(40, 0), points(60, 1)];
  const predicted = await nearestMean(streamed(train), streamed(unseen));
  assert.deepEqual(predicted, naiveNearestMean(train, unseen));
  assert.ok(
    evaluation.accuracy(
      unseen.map(({ label }) => label),
      predicted,
    ) < 1,
    'the test needs some errors',
  );
});

test('nearestMean takes the mean of each class, however many photos it has', async () => {
  const train = [0, 0, 0, 0, 10].map((value) => ({ label: value === 0 ? 0 : 1, pixels: [value] }));
  assert.deepEqual(await nearestMean(train, [{ pixels: [4.9] }, { pixels: [5.1] }]), [0, 1]);
});

test('nearestMean refuses a class without training photo and photos of different sizes', async () => {
  const only1 = [{ label: 1, pixels: [1] }];
  await assert.rejects(nearestMean(only1, only1), /no training photo of class index 0/);
  const both = [{ label: 0, pixels: [0] }, ...only1];
  await assert.rejects(nearestMean(both, [{ pixels: [1, 2] }]), /found a photo of 2 numbers, expected 1/);
});

test('nearestMeanOfPhotos tells bright from dark photos, leaves out a training photo that is no picture', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nearest-mean-'));
  try {
    const photo = async (name: string, label: number, level: number): Promise<dataset.Photo> => {
      const file = join(folder, name);
      const color = { r: level, g: level, b: level };
      await sharp({ create: { width: 40, height: 30, channels: 3, background: color } }).toFile(file);
      return { file, name, label, part: 'train' };
    };
    const train = [await photo('a.png', 0, 10), await photo('b.png', 1, 240), await photo('c.png', 0, 0)];
    await writeFile(join(folder, 'c.png'), 'no picture');
    const unseen = [await photo('d.png', 1, 200), await photo('e.png', 0, 50)];
    const progress: [number, number][] = [];
    const onProgress = (...told: [number, number]) => progress.push(told);
    assert.deepEqual(await nearestMeanOfPhotos(train, unseen, TINY_FORMAT, { onProgress }), [1, 0]);
    assert.deepEqual(
      progress,
      [1, 2, 3, 4, 5].map((done) => [done, 5]),
    );
    await assert.rejects(
      nearestMeanOfPhotos(train, [train[2]], TINY_FORMAT),
      /c\.png: found a photo that can't be read/,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('nearestMean without any training photo says so', async () => {
  await assert.rejects(nearestMean([], [{ pixels: [1] }]), /no training photo of any class/);
});

test('nearestMean refuses labels that are no class index, and pixels that are no number', async () => {
  for (const label of [-1, 0.5])
    await assert.rejects(
      nearestMean([{ pixels: [0], label }], [{ pixels: [7] }]),
      /found label .* expected class indices/,
    );
  await assert.rejects(nearestMean([{ pixels: [0], label: 0 }], [{ pixels: [NaN] }]), /a value that is NaN/);
});
