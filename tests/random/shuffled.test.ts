import assert from 'node:assert/strict';
import { test } from 'node:test';
import { random } from 'celeba-lab';

const ITEMS = [1, 2, 3, 4];

test('shuffled gives the same order for the same seed and leaves its input alone', () => {
  assert.deepEqual(random.shuffled(ITEMS, 1), [4, 2, 1, 3]);
  assert.deepEqual(ITEMS, [1, 2, 3, 4]);
});

test('shuffled gives every order about equally often', () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 24_000; seed++) {
    const order = random.shuffled(ITEMS, seed).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.equal(counts.size, 24);
  assert.ok([...counts.values()].every((count) => Math.abs(count - 1000) < 160));
});

test('shuffled accepts no item and one', () => {
  assert.deepEqual(random.shuffled([], 1), []);
  assert.deepEqual(random.shuffled(['a'], 1), ['a']);
});
