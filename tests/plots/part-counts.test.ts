import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';

const ROWS = [
  { part: 'train', class: 'male', count: 60 },
  { part: 'train', class: 'not male', count: 40 },
  { part: 'test', class: 'not male', count: 3 },
  { part: 'test', class: 'male', count: 1 },
];

interface Piece {
  part: string;
  class: string;
  from: number;
  to: number;
  share: number;
  text: string;
}

test('partCounts lays the classes of a part end to end, in the same order in each', () => {
  const { values } = plots.partCounts(ROWS).data as { values: Piece[] };
  assert.deepEqual(
    values.map((piece) => [piece.part, piece.class, piece.from, piece.to, piece.share]),
    [
      ['train', 'male', 0, 60, 0.6],
      ['train', 'not male', 60, 100, 0.4],
      ['test', 'male', 0, 1, 0.25],
      ['test', 'not male', 1, 4, 0.75],
    ],
  );
});

test('partCounts leaves out the number of a piece too narrow for it', () => {
  const { values } = plots.partCounts(ROWS).data as { values: Piece[] };
  assert.deepEqual(
    values.map((piece) => piece.text),
    ['60', '40', '', ''],
  );
});
