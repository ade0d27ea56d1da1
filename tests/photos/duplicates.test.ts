import assert from 'node:assert/strict';
import { copyFileSync, rmSync } from 'node:fs';
import { test } from 'node:test';
import { photos } from 'celeba-lab';
import { writeGreys } from './write-photos';

test('findDuplicates finds copies across parts and within one, and those with two labels', async (t) => {
  const all = await writeGreys(t, 6);
  // One label in two parts, and two labels in one part.
  copyFileSync(all[0].file, all[2].file);
  copyFileSync(all[1].file, all[4].file);
  all[2].part = 'test';
  const { acrossParts, withinParts, contradicting, photos: count } = await photos.findDuplicates(all);
  assert.deepEqual([acrossParts, withinParts], [[[all[0], all[2]]], [[all[1], all[4]]]]);
  assert.deepEqual([contradicting, count], [1, 6]);
  all[4].label = all[1].label;
  assert.equal((await photos.findDuplicates(all)).contradicting, 0);
});

test('findDuplicates passes over photos that cannot be read', async (t) => {
  const all = await writeGreys(t, 2);
  rmSync(all[1].file);
  const found = await photos.findDuplicates(all);
  assert.deepEqual([found.photos, found.acrossParts, found.withinParts], [1, [], []]);
});

test('duplicatesSentence says how many photos were compared and what was found', () => {
  const none = { photos: 2028, acrossParts: [], withinParts: [], contradicting: 0 };
  assert.equal(photos.duplicatesSentence(none), '2,028 photos compared: no two are the same.');
  const found = { ...none, acrossParts: [[]], withinParts: [[], []], contradicting: 1 };
  assert.match(
    photos.duplicatesSentence(found),
    /: 1 photo is in more than one part, 2 twice or more in one part; 1 of these has two labels\.$/,
  );
});

test('duplicatesSentence of two copies across parts with two labels each is in the plural', () => {
  const found = { photos: 9, acrossParts: [[], []], withinParts: [], contradicting: 2 };
  assert.equal(
    photos.duplicatesSentence(found),
    '9 photos compared: 2 photos are in more than one part, 0 twice or more in one part; 2 of these have two labels.',
  );
});
