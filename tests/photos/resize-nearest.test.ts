import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError, photos } from 'celeba-lab';

/** A photo whose pixel tells where it was: red its column, green its row. */
function coordinates(width: number, height: number): photos.RgbPhoto {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) data.set([i % width, Math.floor(i / width), 7], 3 * i);
  return { width, height, data };
}

test('resizeNearest takes column floor((x + 0.5) * oldWidth / width), rows likewise', () => {
  const { data } = photos.resizeNearest(coordinates(5, 3), 2, 3);
  const taken = Array.from({ length: 6 }, (_, i) => [data[3 * i], data[3 * i + 1]]);
  const [columns, rows] = [
    [0, 2, 4],
    [0, 2],
  ];
  assert.deepEqual(
    taken,
    rows.flatMap((row) => columns.map((column) => [column, row])),
  );
});

test('resizeNearest keeps the three channels of a pixel together', () => {
  const { data } = photos.resizeNearest(coordinates(4, 4), 9, 9);
  assert.ok(data.every((value, i) => i % 3 !== 2 || value === 7));
});

test('resizeNearest makes a CelebA photo 218 wide by showing every fifth column or so twice', () => {
  const { data } = photos.resizeNearest(coordinates(178, 2), 2, 218);
  const columns = Array.from({ length: 218 }, (_, x) => data[3 * x]);
  assert.equal(new Set(columns).size, 178);
  assert.deepEqual(columns.slice(0, 8), [0, 1, 2, 2, 3, 4, 5, 6]);
});

test('resizeNearest returns the photo itself where its size is right', () => {
  const photo = coordinates(6, 5);
  assert.equal(photos.resizeNearest(photo, 5, 6), photo);
});

test('resizeNearest refuses a side that is no whole number above 0', () => {
  assert.throws(() => photos.resizeNearest(coordinates(2, 2), 0, 218), {
    name: InputError.name,
    message: 'height: found 0, expected a whole number of pixels above 0. Give [height, width], such as [178, 218].',
  });
  assert.throws(() => photos.resizeNearest(coordinates(2, 2), 178, 217.5), /width: found 217\.5/);
});
