import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataset } from 'celeba-lab';

const PHOTOS: Pick<dataset.Photo, 'name' | 'label' | 'part'>[] = [
  { name: '1.jpg', label: 0, part: 'train' },
  { name: '2.jpg', label: 1, part: 'test' },
];

test('splitDigest is another one where a name, a label or a part is, and the same for the same', () => {
  const digest = dataset.splitDigest(PHOTOS);
  assert.match(digest, /^[0-9a-f]{16}$/);
  assert.equal(dataset.splitDigest(PHOTOS.map((photo) => ({ ...photo }))), digest);
  for (const changed of [{ name: '3.jpg' }, { label: 0 }, { part: 'validation' as const }])
    assert.notEqual(dataset.splitDigest([PHOTOS[0], { ...PHOTOS[1], ...changed }]), digest, JSON.stringify(changed));
});
