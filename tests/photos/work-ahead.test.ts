import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
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

/** Work that takes a while, and fails at one item; `running` tells how much of it is under way. */
function slowWork(failing = -1): { work: (item: number) => Promise<number>; running: () => number } {
  let count = 0;
  const work = async (item: number): Promise<number> => {
    count++;
    await setTimeout(5 + 10 * item).finally(() => count--);
    if (item === failing) throw new Error(`broken ${item}`);
    return item;
  };
  return { work, running: () => count };
}

test('workAhead leaves nothing going on behind whoever takes no more of it', async () => {
  const { work, running } = slowWork();
  for await (const result of workAhead([0, 1, 2, 3, 4], work, 4)) {
    assert.equal(running(), 3);
    if (result === 0) break;
  }
  assert.equal(running(), 0);
});

test('workAhead throws the first failure once nothing more goes on', async () => {
  const { work, running } = slowWork(1);
  const taken: number[] = [];
  const all = async (): Promise<void> => {
    for await (const result of workAhead([0, 1, 2, 3, 4], work, 4)) taken.push(result);
  };
  await assert.rejects(all(), /broken 1/);
  assert.deepEqual([taken, running()], [[0], 0]);
});
