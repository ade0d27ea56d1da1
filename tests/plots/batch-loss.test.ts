import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';

const valuesOf = (spec: plots.ChartSpec): { batch: number; loss: number; mean: number }[] =>
  (spec.data as { values: { batch: number; loss: number; mean: number }[] }).values;

test('batchLoss draws the mean of the last batches of its window', () => {
  const rows = [4, 2, 6, 8].map((loss, i) => ({ batch: i + 1, loss }));
  const means = valuesOf(plots.batchLoss(rows, { window: 2 })).map((row) => row.mean);
  assert.deepEqual(means, [4, 3, 4, 7]);
});

test('batchLoss thins a long training to some hundred dots and keeps the last batch', () => {
  const rows = Array.from({ length: 5001 }, (_, i) => ({ batch: i + 1, loss: 1 / (i + 1) }));
  const values = valuesOf(plots.batchLoss(rows));
  assert.ok(values.length > 300 && values.length <= 401, `${values.length}`);
  assert.equal(values[values.length - 1].batch, 5001);
});
