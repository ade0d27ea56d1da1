import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';

interface Panel {
  data: { values: { from: number; to: number; count: number }[] };
  encoding: { x: { scale: { domain: [number, number] } } };
}

test('confidence counts right and wrong answers by the probability of the predicted class', () => {
  const rows = [
    { probability: 1, correct: true },
    { probability: 0.97, correct: true },
    { probability: 0.3, correct: false },
  ];
  const [right, wrong] = plots.confidence(rows).vconcat as Panel[];
  assert.deepEqual(right.data.values, [{ from: 0.95, to: 1, count: 2 }]);
  assert.deepEqual(wrong.data.values, [{ from: 0.3, to: 0.35, count: 1 }]);
});

test('confidence takes as many answers as CelebA has photos', () => {
  const rows = Array.from({ length: 202_599 }, (_, i) => ({ probability: 0.5 + (i % 100) / 200, correct: true }));
  const [right] = plots.confidence(rows).vconcat as Panel[];
  assert.equal(
    right.data.values.reduce((sum, { count }) => sum + count, 0),
    202_599,
  );
});

test('confidence puts every probability into the bin that holds it, ends included', () => {
  const rows = Array.from({ length: 101 }, (_, i) => ({ probability: i / 100, correct: true }));
  const [right] = plots.confidence(rows).vconcat as Panel[];
  const counts = right.data.values.map((bin) => bin.count);
  assert.deepEqual(counts, [...Array.from({ length: 19 }, () => 5), 6]);
});

test('confidence begins its axis at a half, or at the tenth below the least sure answer', () => {
  const startsOf = (probability: number): number[] =>
    (plots.confidence([{ probability, correct: true }]).vconcat as Panel[]).map(
      ({ encoding }) => encoding.x.scale.domain[0],
    );
  assert.deepEqual(
    [startsOf(0.9), startsOf(0.3), startsOf(0.29)],
    [
      [0.5, 0.5],
      [0.3, 0.3],
      [0.2, 0.2],
    ],
  );
});
