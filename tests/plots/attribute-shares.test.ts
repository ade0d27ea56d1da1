import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';

const ROWS = [
  { attribute: 'Young', percent: 77.4, learned: false },
  { attribute: 'Male', percent: 41.7, learned: true },
];

test('attributeShares writes the percent of each attribute, in the order of the rows', async () => {
  const svg = await plots.specToSvg(plots.attributeShares(ROWS, { photoCount: 1200 }));
  const positions = ['n = 1,200 pictures', '77.4', '41.7'].map((text) => svg.indexOf(`>${text}<`));
  assert.ok(positions.every((position) => position > 0));
  assert.ok(svg.indexOf('>Young<') < svg.indexOf('>Male<'));
});

test('attributeShares gives the learned attribute alone another colour', async () => {
  const svg = await plots.specToSvg(plots.attributeShares(ROWS));
  const bars = (color: string): number => svg.split(`fill="${color}"`).length - 1;
  assert.deepEqual([bars(plots.COLORS.blue), bars(plots.COLORS.vermilion)], [1, 1]);
});
