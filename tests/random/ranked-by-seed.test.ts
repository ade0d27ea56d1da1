import assert from 'node:assert/strict';
import { test } from 'node:test';
import { random } from 'celeba-lab';

const NAMES = Array.from({ length: 50 }, (_, i) => `${i}.jpg`);
const itself = (name: string): string => name;

test('rankedBySeed gives an order that the seed fixes, whatever order it is given', () => {
  const order = random.rankedBySeed(NAMES, 1, itself);
  assert.deepEqual([...order].sort(), [...NAMES].sort());
  assert.deepEqual(random.rankedBySeed([...NAMES].reverse(), 1, itself), order);
  assert.notDeepEqual(random.rankedBySeed(NAMES, 2, itself), order);
});

test('rankedBySeed moves none past another when one is added', () => {
  const order = random.rankedBySeed(NAMES, 1, itself);
  const more = random.rankedBySeed([...NAMES, 'new.jpg'], 1, itself);
  assert.deepEqual(
    more.filter((name) => name !== 'new.jpg'),
    order,
  );
});

test('rankedBySeed brings numbered names into an order that does not follow their numbers', () => {
  const many = Array.from({ length: 1000 }, (_, i) => `${String(i).padStart(6, '0')}.jpg`);
  const firstHalf = random.rankedBySeed(many, 1, itself).slice(0, 500);
  const low = firstHalf.filter((name) => name < '000500.jpg').length;
  assert.ok(low > 200 && low < 300, `${low} of the first 500`);
});
