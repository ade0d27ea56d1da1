import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plots } from 'celeba-lab';

test('photosPerPerson says how many persons there are in how many photos', () => {
  const { title } = plots.photosPerPerson([
    { photos: 1, persons: 10 },
    { photos: 30, persons: 2 },
  ]) as { title: { subtitle: string } };
  assert.equal(title.subtitle, 'n = 12 persons in 70 pictures');
});
