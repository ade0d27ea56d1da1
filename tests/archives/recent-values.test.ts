import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecentValues } from 'celeba-lab/dist/archives/recent-values';

test('RecentValues computes a value once, also for those who ask at the same time', async () => {
  const recent = new RecentValues<number>(10);
  let computed = 0;
  const ask = (): Promise<number> => recent.get('a', 1, async () => ++computed);
  assert.deepEqual(await Promise.all([ask(), ask()]), [1, 1]);
  assert.equal(await ask(), 1);
});

test('RecentValues forgets the value that was not asked for longest, once they no longer fit', async () => {
  const recent = new RecentValues<string>(2);
  const computed: string[] = [];
  const ask = (key: string): Promise<string> => recent.get(key, 1, async () => (computed.push(key), key));
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(key);
  assert.deepEqual(computed, ['a', 'b', 'c', 'b']);
});

test('RecentValues keeps the newest value whatever its size, and no failure', async () => {
  const recent = new RecentValues<number>(1);
  let failures = 0;
  const fail = (): Promise<number> => Promise.reject(new Error(String(++failures)));
  await assert.rejects(recent.get('a', 5, fail), /1/);
  assert.equal(await recent.get('a', 5, async () => 7), 7);
  assert.equal(await recent.get('a', 5, fail), 7);
});

test('a failure that comes late forgets no newer value of the same key', async () => {
  const values = new RecentValues<string>(1);
  let fail = (): void => undefined;
  const late = values.get('a', 1, () => new Promise((_, reject) => (fail = () => reject(new Error('late')))));
  await values.get('b', 1, async () => 'b');
  await values.get('a', 1, async () => 'newer');
  fail();
  await assert.rejects(late, /late/);
  assert.equal(await values.get('a', 1, async () => 'anew'), 'newer');
});
