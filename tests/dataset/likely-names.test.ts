import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IDENTITIES } from 'celeba-lab/dist/dataset/celeba-tables';
import { parsePairs } from 'celeba-lab/dist/dataset/parse-pairs';

const LIKELY = ['a.jpg', 'b.jpg', 'c.jpg', 'é.jpg'];

function outcome(rows: string[], likely?: string[]): unknown {
  try {
    const { files, values } = parsePairs(
      'identity_CelebA.txt',
      IDENTITIES,
      Buffer.from(`${rows.join('\n')}\n`),
      likely,
    );
    return { files, values: [...values] };
  } catch (error) {
    return (error as Error).message;
  }
}

const TABLES: [string, string[]][] = [
  ['the same names in the same order', ['a.jpg 1', 'b.jpg 2', 'c.jpg 3', 'é.jpg 4']],
  ['another order', ['b.jpg 1', 'a.jpg 2', 'é.jpg 3', 'c.jpg 4']],
  ['fewer names', ['a.jpg 1', 'b.jpg 2']],
  ['more names', ['a.jpg 1', 'b.jpg 2', 'c.jpg 3', 'é.jpg 4', 'e.jpg 5', 'd.jpg 6']],
  ['a name that begins as the likely one', ['a.jpg 1', 'b.jpg.png 2', 'c.jp 3']],
  ['a name again after all likely ones', ['a.jpg 1', 'b.jpg 2', 'c.jpg 3', 'é.jpg 4', 'b.jpg 5']],
  ['a name again after another order', ['b.jpg 1', 'a.jpg 2', 'b.jpg 3']],
  ['a name again in its own place', ['a.jpg 1', 'a.jpg 2']],
  ['a name without a number', ['a.jpg 1', 'b.jpg', 'c.jpg 3']],
  ['a number that ends the file', ['a.jpg 1', 'b.jpg 2\u0000']],
];

for (const [kind, rows] of TABLES) {
  test(`likely names change nothing but the time: ${kind}`, () => {
    assert.deepEqual(outcome(rows, LIKELY), outcome(rows));
  });
}

test('a name that comes twice is refused with its line, also where it was likely', () => {
  assert.match(String(outcome(['a.jpg 1', 'b.jpg 2', 'c.jpg 3', 'a.jpg 5'], LIKELY)), /line 4.*a\.jpg again/s);
});
