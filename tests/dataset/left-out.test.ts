import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataset } from 'celeba-lab';

const DATA = {
  leftOut: [{ reason: 'file without a label', count: 4, examples: ['a.jpg', 'b.jpg', 'c.jpg'] }],
  missing: [{ name: '000007.jpg' }],
};

test('a reason is right for one and for many, also for rows whose photos are missing', () => {
  const missing = (count: number) => ({
    leftOut: [],
    missing: Array(count).fill({ name: 'a.jpg' }) as { name: string }[],
  });
  assert.match(dataset.leftOutSentence(missing(1)), /: 1 row without a photo \(/);
  assert.match(dataset.leftOutSentence(missing(3)), /: 3 rows without a photo \(/);
});

test('leftOutSentence counts by reason, rows without a photo among them, with examples', () => {
  assert.equal(
    dataset.leftOutSentence(DATA),
    'Left out: 1 row without a photo (000007.jpg); 4 files without a label (a.jpg, b.jpg, c.jpg, ...).',
  );
  assert.equal(dataset.leftOutSentence({ leftOut: [], missing: [] }), 'Nothing was left out.');
});

test('countLeftOut gives the counts that the report keeps', () => {
  assert.deepEqual(dataset.countLeftOut(DATA), { 'row without a photo': 1, 'file without a label': 4 });
});
