import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { photos } from 'celeba-lab';
import { plain, writeGreys } from './write-photos';

test('surveyPhotos counts photos by size, the most frequent first, and lists those that cannot be read', async (t) => {
  const all = await writeGreys(t, 5);
  writeFileSync(all[1].file, await plain(30, 20, [9, 9, 9]).jpeg().toBuffer());
  writeFileSync(all[2].file, '');
  assert.deepEqual(await photos.surveyPhotos(all), {
    checked: 5,
    total: 5,
    sizes: [
      { size: '16 x 16', photos: 3 },
      { size: '30 x 20', photos: 1 },
    ],
    rejected: [{ photo: all[2], reason: 'an empty file (0 bytes)' }],
  });
});

test('surveyPhotos looks at a sample that its seed fixes where there are more photos', async (t) => {
  const all = await writeGreys(t, 12);
  for (const { file } of all.slice(0, 6)) writeFileSync(file, '');
  const survey = (seed: number) => photos.surveyPhotos(all, { most: 4, seed });
  const [first, again] = [await survey(1), await survey(1)];
  assert.deepEqual([first.checked, first.total], [4, 12]);
  assert.deepEqual(first, again);
});
