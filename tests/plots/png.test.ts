import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';

const CHART = plots.classCounts([
  { class: 'labelled male', count: 3 },
  { class: 'not labelled male', count: 5 },
]);

test('specToPng draws at twice the size by default, and at the scale asked for', async () => {
  const one = await sharp(await plots.specToPng(CHART, { scale: 1 })).metadata();
  const two = await sharp(await plots.specToPng(CHART)).metadata();
  assert.ok(Math.abs((two.width ?? 0) - 2 * (one.width ?? 0)) <= 1);
});

test('specToPng gives the same bytes each time', async () => {
  assert.deepEqual(await plots.specToPng(CHART), await plots.specToPng(CHART));
});

test('specToSvg writes every label whole, none cut by an ellipsis', async () => {
  const svg = await plots.specToSvg(CHART);
  for (const text of ['not labelled male', '5 (62.5 %)', 'Pictures by class', 'n = 8 pictures', 'pictures']) {
    assert.ok(svg.includes(`>${text}<`), text);
  }
  assert.ok(!svg.includes('…'));
});

test('svgToPng draws text with the fonts of its package, whatever the machine has', async () => {
  const page = (text: string): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="30"><text x="4" y="20" font-family="no such font">${text}</text></svg>`;
  const { channels } = await sharp(await plots.svgToPng(page('W'))).stats();
  const blank = await sharp(await plots.svgToPng(page(''))).stats();
  assert.ok(channels[0].min < 60);
  assert.equal(blank.channels[0].min, 255);
});

test('specToPng names the chart when Vega-Lite refuses its specification', async () => {
  const broken = { title: 'Broken', data: { values: [] }, mark: 'no such mark' };
  await assert.rejects(plots.specToPng(broken), { name: 'InputError', where: 'chart "Broken"' });
});

test('pixelsToPng keeps every pixel', async () => {
  const pixels = Uint8Array.from([0, 50, 100, 150, 200, 250]);
  const png = await plots.pixelsToPng(pixels, 3, 2, 1);
  const { data, info } = await sharp(png).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  assert.deepEqual([info.width, info.height], [3, 2]);
  assert.deepEqual([...data], [...pixels]);
});
