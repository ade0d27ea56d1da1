import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { evaluation, random, type dataset } from 'celeba-lab';
import sharp from 'sharp';
import { datasetOf, temporaryFolder } from '../photos/write-photos';

test('nearestNeighbours finds the photo that correlates most', () => {
  const known = [new Float32Array([0, 1]), new Float32Array([0.9, 0.1])];
  assert.deepEqual(evaluation.nearestNeighbours([new Float32Array([1, 0]), new Float32Array([0.1, 1])], known), [1, 0]);
  assert.deepEqual(evaluation.nearestNeighbours([], known), []);
});

test('a split without a readable photo in training or test is left out', async (t) => {
  const folder = temporaryFolder(t);
  const photos = (['train', 'train', 'test'] as const).map((part, i): dataset.Photo => {
    const name = `${i}.jpg`;
    writeFileSync(join(folder, name), part === 'train' ? 'no photo' : '');
    return { file: join(folder, name), name, label: i % 2, part };
  });
  assert.deepEqual(await evaluation.compareSplits(datasetOf(photos)), []);
});

/** 30 persons of two photos each, alike but for their brightness; what they look like says nothing of the label. */
async function twoOfEach(t: TestContext): Promise<dataset.Dataset> {
  const folder = temporaryFolder(t);
  const photos: dataset.Photo[] = [];
  for (let person = 0; person < 30; person++) {
    const chance = random.seededRandom(person + 1);
    const face = Array.from({ length: 16 * 16 * 3 }, () => 200 * chance());
    for (const shot of [0, 1]) {
      const name = `${person}-${shot}.png`;
      const pixels = Uint8Array.from(face, (value) => (shot === 0 ? value : 30 + 0.7 * value));
      const raw = { width: 16, height: 16, channels: 3 } as const;
      await sharp(pixels, { raw }).png().toFile(join(folder, name));
      const part = person < 20 ? 'train' : person < 24 ? 'validation' : 'test';
      photos.push({ file: join(folder, name), name, label: (person >> 1) % 2, part, identity: person });
    }
  }
  return datasetOf(photos);
}

test('a split that shares persons is flattered: there the nearest neighbour knows them again', async (t) => {
  const rows = await evaluation.compareSplits(await twoOfEach(t));
  const of = (split: dataset.SplitName) => rows.find((row) => row.split === split)!;
  assert.deepEqual([of('official').sharedPercent, of('official').test, of('official').train], [0, 12, 40]);
  assert.ok(of('random').sharedPercent! > 40, JSON.stringify(rows));
  const [low, high] = of('random').interval;
  assert.ok(low <= of('random').accuracy && of('random').accuracy <= high);
  assert.ok(of('random').accuracy > of('official').accuracy, JSON.stringify(rows));
});

test('compareSplits takes no more photos of each split than it is told, and others for another seed', async (t) => {
  const data = await twoOfEach(t);
  const told: number[][] = [];
  const onProgress = (...progress: [number, number]): void => void told.push(progress);
  const compare = (seed: number) => evaluation.compareSplits(data, { train: 10, test: 4, seed, onProgress });
  const [first, again, other] = [await compare(1), await compare(1), await compare(2)];
  assert.ok(first.length > 1);
  for (const { split, train, test } of first) assert.deepEqual([split, train, test], [split, 10, 4]);
  assert.ok(
    told.every(([done, total]) => done <= total && total <= first.length * 14),
    JSON.stringify(told),
  );
  assert.deepEqual(first, again);
  assert.notDeepEqual(first, other);
});

test('a split whose validation photos are of one class is still compared with the others', async (t) => {
  const data = await twoOfEach(t);
  data.photos = data.photos.filter(({ part, label }) => part !== 'validation' || label === 0);
  const compared = await evaluation.compareSplits(data);
  assert.deepEqual(
    compared.map(({ split }) => split),
    ['official', 'article', 'random'],
  );
});

test('rows of a dataset that names nobody say nothing of shared persons', async (t) => {
  const data = await twoOfEach(t);
  for (const photo of data.photos) delete photo.identity;
  const rows = await evaluation.compareSplits(data);
  assert.ok(rows.length > 1);
  for (const row of rows) assert.ok(!('sharedPercent' in row), JSON.stringify(row));
});

test('nearestNeighbours refuses to look among none, or among photos of another size', () => {
  const photo = new Float32Array([1, 0]);
  assert.throws(() => evaluation.nearestNeighbours([photo], []), /^InputError: nearestNeighbours: found 0 others/);
  assert.throws(() => evaluation.nearestNeighbours([photo], [new Float32Array(3)]), /2 values each/);
});
