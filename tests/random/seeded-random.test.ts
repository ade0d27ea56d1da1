import assert from 'node:assert/strict';
import { test } from 'node:test';
import { random } from 'celeba-lab';

test('seededRandom repeats its numbers for the same seed and gives others for another', () => {
  const draw = (seed: number): number[] => Array.from({ length: 5 }, random.seededRandom(seed));
  assert.equal(draw(1)[0], 0.6270739405881613);
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1), draw(2));
});

test('seededRandom draws evenly from [0, 1)', () => {
  const next = random.seededRandom(7);
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 100_000; i++) counts[Math.floor(10 * next())]++;
  assert.ok(
    counts.every((count) => Math.abs(count - 10_000) < 400),
    counts.join(),
  );
});
