import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
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

test('a split that shares persons is flattered: there the nearest neighbour knows them again', async (t) => {
  const folder = temporaryFolder(t);
  const photos: dataset.Photo[] = [];
  // 30 persons of two photos each, alike but for their brightness; what they look like says nothing of the label.
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
  const rows = await evaluation.compareSplits(datasetOf(photos));
  const of = (split: dataset.SplitName) => rows.find((row) => row.split === split)!;
  assert.deepEqual([of('official').sharedPercent, of('official').test, of('official').train], [0, 12, 40]);
  assert.ok(of('random').sharedPercent! > 40, JSON.stringify(rows));
  const [low, high] = of('random').interval;
  assert.ok(low <= of('random').accuracy && of('random').accuracy <= high);
  assert.ok(of('random').accuracy > of('official').accuracy, JSON.stringify(rows));
});
