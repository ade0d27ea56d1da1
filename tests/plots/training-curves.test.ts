import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';

interface Layer {
  data: { values: { epoch: number; set?: string; value?: number }[] };
  encoding: { y: { scale: { domain: [number, number] } } };
}

interface Panel extends Layer {
  layer: Layer[];
}

const panels = (spec: plots.ChartSpec): Panel[] => spec.hconcat as Panel[];

const LOG = [
  { epoch: 1, loss: 0.4, acc: 0.8, val_loss: 0.3, val_acc: 0.9, categoricalAccuracy: 0.7 },
  { epoch: 2, loss: 0.2, acc: 0.9, val_loss: 0.35, val_acc: 0.88, categoricalAccuracy: 0.8 },
];

test('trainingCurves marks the epoch with the lowest val_loss in both panels', () => {
  for (const { layer } of panels(plots.trainingCurves(LOG))) assert.deepEqual(layer[0].data.values, [{ epoch: 1 }]);
});

test('trainingCurves leaves out values that are missing or not finite', () => {
  const [, loss] = panels(
    plots.trainingCurves([
      { epoch: 1, loss: NaN, val_loss: 0.3 },
      { epoch: 2, loss: 0.1 },
    ]),
  );
  const points = loss.data.values.map(({ epoch, set }) => `${epoch} ${set}`);
  assert.deepEqual(points, ['1 validation', '2 training']);
});

test('trainingCurves draws another accuracy when its log key is given', () => {
  const [accuracy] = panels(plots.trainingCurves(LOG, { accuracy: 'categoricalAccuracy' }));
  assert.deepEqual(
    accuracy.data.values.map((point) => point.value),
    [0.7, 0.8],
  );
});

test('trainingCurves without an epoch or validation has no best epoch', () => {
  for (const rows of [[], [{ epoch: 1, loss: 0.4, acc: 0.8 }]]) {
    assert.deepEqual(panels(plots.trainingCurves(rows))[0].layer[0].data.values, []);
  }
});

test('trainingCurves has no axis above 100 % or below 0, however near the values are', () => {
  const rows = [
    { epoch: 1, loss: 0.9, acc: 0.9, val_loss: 0.001, val_acc: 0.99 },
    { epoch: 2, loss: 0.002, acc: 1, val_loss: 0.003, val_acc: 1 },
  ];
  const [accuracy, loss] = panels(plots.trainingCurves(rows)).map(({ layer }) => layer[2].encoding.y.scale.domain);
  assert.ok(accuracy[0] < 0.9 && accuracy[1] === 1, String(accuracy));
  assert.ok(loss[0] === 0 && loss[1] > 0.9, String(loss));
});

test('trainingCurves marks the first of epochs with the same val_loss', () => {
  const rows = [0.4, 0.3, 0.3].map((val_loss, i) => ({ epoch: i + 1, val_loss }));
  const [accuracy] = panels(plots.trainingCurves(rows));
  assert.deepEqual(accuracy.layer[0].data.values, [{ epoch: 2 }]);
});
