import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCsvPairs } from 'celeba-lab/dist/dataset/celeba-csv';

const ANY = { expected: 'any number', accepts: () => true };

test('a comma or a line break in quotes is part of a value and parts none', () => {
  const text = '"name, of the photo",part\n"a, b.jpg",1\n"c\nd.jpg",2\n';
  const { files, values } = parseCsvPairs('x.csv', ANY, Buffer.from(text));
  assert.deepEqual(files, ['a, b.jpg', 'c\nd.jpg']);
  assert.deepEqual([...values], [1, 2]);
});
