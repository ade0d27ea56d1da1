import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';

// From DejaVuSans.ttf, 2048 units an em: i 569, W 2025, a 1255; in DejaVuSans-Bold.ttf: a 1382.
test('textWidth adds up the advances that the font file states', () => {
  assert.equal(plots.textWidth('iWa', 2048), 569 + 2025 + 1255);
  assert.equal(plots.textWidth('a', 2048, true), 1382);
});

test('textWidth measures characters beyond Latin, and gives a full square to those that the font lacks', () => {
  assert.ok(plots.textWidth('✗', 12) > 6);
  assert.equal(plots.textWidth('\u5973\u{1f984}', 12), 24);
});

test('fitText leaves a text that fits, and ends a longer one with an ellipsis within the width', () => {
  assert.equal(plots.fitText('short', 12, 100), 'short');
  const cut = plots.fitText('a rather long caption', 12, 60);
  assert.ok(cut.endsWith('…') && plots.textWidth(cut, 12) <= 60, cut);
});

test('wrapText breaks between words, and marks what two lines cannot hold', () => {
  assert.deepEqual(plots.wrapText('labelled male', 12, 60), ['labelled', 'male']);
  const [, second] = plots.wrapText('one two three four five six', 12, 60);
  assert.ok(second.endsWith('…'), second);
});
