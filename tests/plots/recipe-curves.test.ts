import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';

interface Row {
  seed: number;
  epoch: number;
  accuracy: number;
}

interface Panel {
  title: { text: string };
  layer: { data?: { values: Row[] }; encoding: Record<'x' | 'y', { scale: { domain: number[] } }> }[];
  data: { values: Row[] };
}

const ROWS = [
  { recipe: 'scaled', seed: 1, epoch: 1, accuracy: 0.9 },
  { recipe: 'scaled', seed: 2, epoch: 1, accuracy: 0.95 },
  { recipe: 'improved', seed: 1, epoch: 1, accuracy: 0.98 },
];

test('recipeCurves gives each recipe a panel with its own runs, in order', () => {
  const panels = plots.recipeCurves(ROWS).hconcat as Panel[];
  assert.deepEqual(
    panels.map(({ title, data }) => [title.text, data.values.length]),
    [
      ['scaled', 2],
      ['improved', 1],
    ],
  );
});

test('recipeCurves says over how many seeds', () => {
  const subtitle = (rows: plots.RecipeEpoch[]) => (plots.recipeCurves(rows).title as { subtitle: string }).subtitle;
  assert.match(subtitle(ROWS), /n = 1 to 2 seeds;/);
  assert.match(subtitle(ROWS.slice(0, 2)), /n = 2 seeds each;/);
});

test('mean and band end with the shortest run, each run with its own last epoch', () => {
  const longer = [
    { recipe: 'scaled', seed: 2, epoch: 2, accuracy: 0.97 },
    { recipe: 'scaled', seed: 2, epoch: 3, accuracy: 0.98 },
  ];
  const [{ layer, data }] = plots.recipeCurves([...ROWS.slice(0, 2), ...longer]).hconcat as Panel[];
  assert.deepEqual(
    layer.map((one) => (one.data ?? data).values.map(({ epoch }) => epoch)),
    [
      [1, 1],
      [1, 1, 2, 3],
      [1, 1],
    ],
  );
});

test('the axes, the mean and the band are the same in whichever order the epochs come', () => {
  const rows = [0.97, 0.9, 0.95].map((accuracy, i) => ({ recipe: 'scaled', seed: 1, epoch: i + 1, accuracy }));
  for (const given of [rows, [...rows].reverse(), [rows[1], rows[2], rows[0]]]) {
    const [{ layer }] = plots.recipeCurves(given).hconcat as Panel[];
    const { x, y } = layer[0].encoding;
    assert.deepEqual(
      [x.scale.domain, y.scale.domain],
      [
        [0.7, 3.3],
        [0.9, 1],
      ],
    );
    assert.deepEqual(layer[0].data?.values.map(({ epoch }) => epoch).sort(), [1, 2, 3]);
  }
});
