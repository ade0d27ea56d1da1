import { show } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catchStdout } from './catch-stdout';

test('gallery without photos says so', async (t) => {
  const lines = catchStdout(t);
  await show.gallery([], { title: 'Wrong predictions' });
  t.mock.restoreAll();
  assert.deepEqual(lines, ['Wrong predictions: no photos to show\n']);
});

test('gallery says how many photos there are when it shows the first of them only', async (t) => {
  const lines = catchStdout(t);
  const items = Array.from({ length: 5 }, (_, i) => ({ file: Buffer.from('no photo'), caption: `photo ${i}` }));
  await show.gallery(items, { title: 'Wrong', maxPhotos: 2 });
  t.mock.restoreAll();
  assert.deepEqual(lines, ['Wrong: the first 2 of 5\nphoto 0\nphoto 1\n']);
});
