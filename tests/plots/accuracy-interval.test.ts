import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';

const ROW = { name: 'VGG16', accuracy: 0.982, low: 0.972, high: 0.989, n: 1000 };

test('accuracyInterval writes accuracy and interval in percent, and n below the title', async () => {
  const svg = await plots.specToSvg(plots.accuracyInterval([ROW]));
  for (const text of ['98.2 % (97.2 to 98.9)', 'n = 1,000 pictures', 'VGG16'])
    assert.ok(svg.includes(`>${text}<`), text);
});

test('accuracyInterval begins its axis below the lowest interval', () => {
  const { layer } = plots.accuracyInterval([ROW, { ...ROW, name: 'worse', low: 0.31 }]) as {
    layer?: { encoding: { x: { scale: { domain: number[] } } } }[];
  };
  assert.deepEqual(layer?.[0].encoding.x.scale.domain, [0.3, 1]);
});

test('accuracyInterval writes from how few to how many pictures were tested where that differs', () => {
  const { title } = plots.accuracyInterval([{ ...ROW, n: 84 }, { ...ROW, n: 48 }, ROW]);
  assert.equal((title as { subtitle: string }).subtitle, 'n = 48 to 1,000 pictures');
});
