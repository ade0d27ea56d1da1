import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkOutside } from '../../../scripts/predict/check-places';

test('kept faces must not lie among the photos that a pattern or a list leads to', () => {
  const photo = { shown: 'all/faces/a.jpg.face1.jpg', file: '/all/faces/a.jpg.face1.jpg' };
  assert.throws(
    () => checkOutside('/all/faces', [photo]),
    /^InputError: --aligned \/all\/faces: found all\/faces\/a\.jpg\.face1\.jpg there, which is answered, expected a place/,
  );
  checkOutside('/all/faces', [{ shown: 'b.jpg', file: '/all/faces-of-b/b.jpg' }]);
  checkOutside(undefined, [photo]);
});
