import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataset } from 'celeba-lab';

const DATA = {
  leftOut: [{ reason: 'file without a label', count: 4, examples: ['a.jpg', 'b.jpg', 'c.jpg'] }],
  missing: [{ name: '000007.jpg' }],
};

test('leftOutSentence counts by reason, rows without a photo among them, with examples', () => {
  assert.equal(
    dataset.leftOutSentence(DATA),
    'Left out: 1 row without its photo (000007.jpg); 4 files without a label (a.jpg, b.jpg, c.jpg, ...).',
  );
  assert.equal(dataset.leftOutSentence({ leftOut: [], missing: [] }), 'Nothing was left out.');
});

test('countLeftOut gives the counts that the report keeps', () => {
  assert.deepEqual(dataset.countLeftOut(DATA), { 'row without its photo': 1, 'file without a label': 4 });
});
