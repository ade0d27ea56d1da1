import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeColumn } from 'celeba-lab/dist/dataset/attribute-column';

const TABLE = {
  files: ['1.jpg', '2.jpg'],
  attributes: ['Male', 'Smiling', 'Sideburns', 'Young'],
  columns: [Int8Array.of(1, -1), Int8Array.of(-1, 1), Int8Array.of(-1, -1), Int8Array.of(1, 1)],
};

test('attributeColumn gives the values of an attribute', () => {
  assert.deepEqual(attributeColumn(TABLE, 'Smiling', 'line 2'), Int8Array.of(-1, 1));
});

test('attributeColumn answers a misspelt name with the nearest ones that can be learned', () => {
  assert.throws(() => attributeColumn(TABLE, 'Smilling', 'list_attr_celeba.txt, line 2'), {
    name: 'InputError',
    message:
      'list_attr_celeba.txt, line 2: found no column Smilling, expected one of its columns: Smiling, Male. ' +
      'Set ATTRIBUTE=Smiling, or another of these.',
  });
});

test('attributeColumn says why an attribute that no photo has cannot be learned', () => {
  assert.throws(() => attributeColumn(TABLE, 'Sideburns', 'line 2'), {
    message:
      'ATTRIBUTE=Sideburns: found none of 2 photos with it, so that there is nothing to tell apart, ' +
      'expected an attribute that some photos have and others lack: Smiling, Male. ' +
      'Set ATTRIBUTE=Smiling, or another of these.',
  });
});

test('attributeColumn leaves photos out of its count whose value is unknown', () => {
  const columns = [Int8Array.of(0, 1, 1), Int8Array.of(0, -1, 0)];
  const table = { files: ['1.jpg', '2.jpg', '3.jpg'], attributes: ['Young', 'Bald'], columns };
  assert.throws(() => attributeColumn(table, 'Young', 'line 2'), /found each of 2 photos with it/);
  assert.throws(() => attributeColumn(table, 'Bald', 'line 2'), /found none of 1 photo with it/);
});

test('attributeColumn says the same of an attribute that each photo has', () => {
  assert.throws(() => attributeColumn(TABLE, 'Young', 'line 2'), /ATTRIBUTE=Young: found each of 2 photos with it/);
});
