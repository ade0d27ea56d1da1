import assert from 'node:assert/strict';
import { test } from 'node:test';
import { files } from 'celeba-lab';

test('csvCell quotes what holds a comma, a quote or a line end, and doubles its quotes', () => {
  for (const [value, cell] of [
    ['a,b', '"a,b"'],
    ['a "b", c', '"a ""b"", c"'],
    ['a\nb', '"a\nb"'],
    ['a\rb', '"a\rb"'],
  ])
    assert.equal(files.csvCell(value), cell);
});

test('csvCell leaves other values as they are', () => {
  assert.deepEqual(['', ' a;b ', "it's", 0.5].map(files.csvCell), ['', ' a;b ', "it's", '0.5']);
});
