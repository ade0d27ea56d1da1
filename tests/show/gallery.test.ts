import { show } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';

test('gallery without photos says so', async (t) => {
  const write = t.mock.method(process.stdout, 'write', () => true);
  await show.gallery([], { title: 'Wrong predictions' });
  const [text] = write.mock.calls[0].arguments;
  t.mock.restoreAll();
  assert.equal(text, 'Wrong predictions: no photos to show\n');
});
