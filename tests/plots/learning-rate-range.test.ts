import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';

interface Layer {
  data?: { values: { learningRate: number }[] };
  encoding: { y: { scale: { domain: [number, number] } } };
}

const TRIALS = [
  { learningRate: 1e-4, loss: 0.6, smoothedLoss: 0.7 },
  { learningRate: 1e-3, loss: 50, smoothedLoss: 1 },
];

test('learningRateRange marks the suggestion, and says which it is', () => {
  const spec = plots.learningRateRange(TRIALS, { suggestion: 0.00042 });
  assert.deepEqual((spec.layer as Layer[])[2].data?.values, [{ learningRate: 0.00042 }]);
  assert.match((spec.title as { subtitle: string }).subtitle, /0\.00042/);
});

test('learningRateRange without a suggestion marks nothing', () => {
  assert.deepEqual((plots.learningRateRange(TRIALS).layer as Layer[])[2].data?.values, []);
});

test('learningRateRange cuts off single losses far above the line', () => {
  const [dots] = plots.learningRateRange(TRIALS).layer as Layer[];
  assert.ok(dots.encoding.y.scale.domain[1] < 2);
});

test('learningRateRange leaves room for the dots of the lowest and the highest rate', () => {
  const { encoding } = plots.learningRateRange(TRIALS) as unknown as {
    encoding: { x: { scale: { domain: number[] } } };
  };
  const [least, most] = encoding.x.scale.domain;
  assert.ok(least < 1e-4 && most > 1e-3);
});
