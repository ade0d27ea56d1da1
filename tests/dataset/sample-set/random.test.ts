/** The seeded source of random values. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom } from 'celeba-lab/dist/dataset/sample-set/random';

test('randomFrom gives the values noted here, on every machine', () => {
  const random = randomFrom('1/person/17');
  const values = Array.from({ length: 4 }, () => random.between(0, 1));
  assert.deepEqual(values, [0.6799155850894749, 0.3179792049340904, 0.981535705504939, 0.5892094399314374]);
});

test('another name gives other values', () => {
  assert.notEqual(randomFrom('1/person/17').between(0, 1), randomFrom('1/person/18').between(0, 1));
});

test('between covers its range evenly', () => {
  const random = randomFrom('even');
  const bins = new Array<number>(10).fill(0);
  for (let i = 0; i < 10_000; i++) bins[Math.floor(random.between(0, 10))]++;
  for (const count of bins) assert.ok(count > 880 && count < 1120, String(count));
});

test('weighted chooses as often as the weights say, and never a weight of 0', () => {
  const random = randomFrom('weighted');
  const counts = { often: 0, rarely: 0, never: 0 };
  for (let i = 0; i < 4000; i++) counts[random.weighted({ often: 3, rarely: 1, never: 0 })]++;
  assert.ok(Math.abs(counts.often - 3000) < 120);
  assert.equal(counts.never, 0);
});

test('shuffled keeps every item and the given array', () => {
  const items = [1, 2, 3, 4, 5, 6, 7, 8];
  const shuffled = randomFrom('cards').shuffled(items);
  assert.deepEqual([...shuffled].sort(), items);
  assert.notDeepEqual(shuffled, items);
  assert.deepEqual(items, [1, 2, 3, 4, 5, 6, 7, 8]);
});
