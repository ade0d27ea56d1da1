import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';

test('themed adds schema, ground and font, and leaves the given specification as it is', () => {
  const spec = { mark: 'bar' };
  const { $schema, background, config } = plots.themed(spec) as Record<string, unknown> & { config: { font: string } };
  assert.equal($schema, 'https://vega.github.io/schema/vega-lite/v5.json');
  assert.equal(background, 'white');
  assert.equal(config.font, plots.FONT);
  assert.deepEqual(spec, { mark: 'bar' });
});

test('themed keeps what the specification sets itself', () => {
  const { background, config } = plots.themed({ background: 'black', config: { font: 'serif' } });
  assert.equal(background, 'black');
  assert.equal((config as { font: string }).font, 'serif');
});

test('themed twice is themed once', () => {
  const once = plots.themed({ mark: 'bar' });
  assert.deepEqual(plots.themed(once), once);
});

test('inkOn is white on the dark colours of the palette and dark on the bright ones', () => {
  assert.equal(plots.inkOn(plots.COLORS.blue), 'white');
  assert.equal(plots.inkOn(plots.COLORS.orange), plots.COLORS.ink);
});

test('inkOn is white on blue and purple, and dark on the other colours of the palette', () => {
  const { COLORS, inkOn } = plots;
  const dark = [COLORS.orange, COLORS.green, COLORS.sky, COLORS.vermilion];
  assert.deepEqual([COLORS.blue, COLORS.purple].map(inkOn), ['white', 'white']);
  assert.deepEqual(dark.map(inkOn), new Array(4).fill(COLORS.ink));
});
