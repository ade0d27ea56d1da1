import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';

const rates = (steps: number) =>
  Array.from({ length: steps }, (_, i) => i + 1).flatMap((step) => [
    { step, layers: 'head', learningRate: 1e-3 / step },
    { step, layers: 'convolutions', learningRate: 1e-4 / step },
  ]);

const valuesOf = (spec: plots.ChartSpec): { step: number }[] => (spec.data as { values: { step: number }[] }).values;

test('learningRateSchedule thins a long training and keeps its first and last step', () => {
  const values = valuesOf(plots.learningRateSchedule(rates(16000)));
  assert.ok(values.length < 700);
  assert.deepEqual([values[0].step, values[values.length - 1].step], [1, 16000]);
});

test('learningRateSchedule takes the rates of a training on all of CelebA', () => {
  const values = valuesOf(plots.learningRateSchedule(rates(85_000)));
  assert.ok(values.length < 700);
  assert.equal(values[values.length - 1].step, 85_000);
});

test('learningRateSchedule draws every step of a short training', () => {
  assert.equal(valuesOf(plots.learningRateSchedule(rates(20))).length, 40);
});

test('learningRateSchedule writes a rate of nothing as 0', async () => {
  const svg = await plots.specToSvg(plots.learningRateSchedule(rates(20)));
  assert.ok(svg.includes('>0<') && !svg.includes('0e+0'));
});
