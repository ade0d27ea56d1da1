import assert from 'node:assert/strict';
import { test } from 'node:test';
import { workAhead } from 'celeba-lab/dist/photos/work-ahead';

test('workAhead has begun as many as it was told when it gives the first, and one more for each that is taken', async () => {
  const items = Array.from({ length: 20 }, (_, i) => i);
  let begun = 0;
  const work = async (item: number): Promise<number> => {
    begun++;
    return item;
  };
  const results = workAhead(items, work, 3);
  for (const taken of [0, 1, 2]) {
    assert.equal((await results.next()).value, taken);
    assert.equal(begun, taken + 3);
  }
});
