import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';

test('classCounts writes count and share on each bar, and n below the title', () => {
  const spec = plots.classCounts([
    { class: 'labelled male', count: 1250 },
    { class: 'not labelled male', count: 3750 },
  ]);
  const { values } = spec.data as { values: { text: string }[] };
  assert.deepEqual(
    values.map((row) => row.text),
    ['1,250 (25.0 %)', '3,750 (75.0 %)'],
  );
  assert.equal((spec.title as { subtitle: string }).subtitle, 'n = 5,000 pictures');
});

test('classCounts draws classes that hold no photo', async () => {
  const svg = await plots.specToSvg(plots.classCounts([{ class: 'empty', count: 0 }]));
  assert.ok(svg.includes('0 (0.0 %)'));
});
