import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluation, InputError } from 'celeba-lab';

const { wilsonInterval } = evaluation;

// 97.5 % and 99.5 % points of the standard normal distribution, from its tables.
const Z = { 0.95: 1.959963984540054, 0.99: 2.5758293035489 };

/** The interval by its definition, found by bisection: shares p whose own standard error still reaches hits / n. */
function wilsonByBisection(hits: number, n: number, z: number): [number, number] {
  const share = hits / n;
  const reaches = (p: number): boolean => Math.abs(share - p) <= z * Math.sqrt((p * (1 - p)) / n);
  const edge = (inside: number, outside: number): number => {
    for (let i = 0; i < 100; i++) {
      const middle = (inside + outside) / 2;
      if (reaches(middle)) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  return [edge(share, 0), edge(share, 1)];
}

test('wilsonInterval gives the article 97.2 to 98.9 % for 98.2 % of 1,000 photos', () => {
  const percent = wilsonInterval(982, 1000).map((share) => (100 * share).toFixed(1));
  assert.deepEqual(percent, ['97.2', '98.9']);
});

test('wilsonInterval agrees with a search for the shares whose standard error reaches the hits', () => {
  for (const n of [1, 2, 7, 120, 350, 5000])
    for (const hits of [0, 1, Math.floor(n / 2), n - 1, n])
      for (const level of [0.95, 0.99] as const) {
        const twin = wilsonByBisection(hits, n, Z[level]);
        wilsonInterval(hits, n, level).forEach((share, end) =>
          assert.ok(Math.abs(share - twin[end]) < 1e-9, `${hits} of ${n} at ${level}: ${share}, twin ${twin[end]}`),
        );
      }
});

test('wilsonInterval begins at exactly 0 without hits and ends at exactly 1 without misses', () => {
  // Of all of them: for some the formula happens to give it without rounding.
  for (let n = 1; n <= 200; n++) {
    assert.strictEqual(wilsonInterval(0, n)[0], 0);
    assert.strictEqual(wilsonInterval(n, n)[1], 1);
  }
});

test('wilsonInterval refuses hits above n, no photos and a level of 95', () => {
  assert.throws(
    () => wilsonInterval(11, 10),
    new InputError({ where: 'hits', found: '11', expected: '0 to 10', remedy: 'Count the correct photos' }),
  );
  assert.throws(() => wilsonInterval(0, 0), /^InputError: n: found 0, expected a whole number above 0/);
  assert.throws(() => wilsonInterval(9, 10, 95), /level: found 95/);
});
