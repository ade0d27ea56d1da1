import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { setVariable } from '../bench/set-variable';

const CHART = plots.classCounts([
  { class: 'labelled male', count: 3 },
  { class: 'not labelled male', count: 5 },
]);

async function sizeOf(png: Uint8Array): Promise<number[]> {
  const { width, height } = await sharp(png).metadata();
  return [width, height];
}

test('svgToPng draws at twice the size by default, and at the scale asked for', async () => {
  const page = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="30"><rect width="9" height="9"/></svg>';
  assert.deepEqual(await sizeOf(await plots.svgToPng(page)), [160, 60]);
  for (const [scale, size] of [
    [1, [80, 30]],
    [3, [240, 90]],
    [0.5, [40, 15]],
  ] as const)
    assert.deepEqual(await sizeOf(await plots.svgToPng(page, { scale })), size);
});

test('specToPng draws the size that its SVG names, twice by default, else by the scale', async () => {
  const [, width, height] = /<svg [^>]*width="(\d+)" height="(\d+)"/.exec(await plots.specToSvg(CHART)) ?? [];
  for (const [scale, options] of [
    [2, undefined],
    [1, { scale: 1 }],
    [3, { scale: 3 }],
  ] as const) {
    const size = [scale * Number(width), scale * Number(height)];
    assert.deepEqual(await sizeOf(await plots.specToPng(CHART, options)), size);
  }
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

/** DejaVu Sans with its signs from U+EF00 on, which are private, moved to U+AC00, where Korean's are, in its `cmap` of format 12. */
function koreanFont(): Buffer {
  const font = readFileSync(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'));
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, i) => 12 + 16 * i);
  const cmap = font.readUInt32BE(tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap')! + 8);
  const maps = Array.from(
    { length: font.readUInt16BE(cmap + 2) },
    (_, i) => cmap + font.readUInt32BE(cmap + 8 + 8 * i),
  );
  const map = maps.find((at) => font.readUInt16BE(at) === 12)!;
  for (let group = map + 16; font.readUInt32BE(group) <= 0xef00; group += 12) {
    if (font.readUInt32BE(group) !== 0xef00) continue;
    for (const at of [group, group + 4]) font.writeUInt32BE(font.readUInt32BE(at) - 0x4300, at);
  }
  return font;
}

test('svgToPng draws what its fonts lack with one of the machine’s', async () => {
  const page =
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><text x="4" y="20" font-family="DejaVu Sans">\uac05</text></svg>';
  const home = await mkdtemp(join(tmpdir(), 'fonts-'));
  const restore = setVariable('HOME', home);
  try {
    const without = await plots.svgToPng(page);
    for (const folder of ['.local/share/fonts', 'Library/Fonts']) {
      await mkdir(join(home, folder), { recursive: true });
      await writeFile(join(home, folder, 'korean.ttf'), koreanFont());
    }
    assert.notDeepEqual(await plots.svgToPng(page), without);
  } finally {
    restore();
    await rm(home, { recursive: true });
  }
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
