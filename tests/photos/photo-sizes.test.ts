import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { photos } from 'celeba-lab';
import { noise, plain, writeGreys } from './write-photos';

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

test('surveyPhotos of another seed looks at other photos', async (t) => {
  const all = await writeGreys(t, 12);
  for (const { file } of all) writeFileSync(file, '');
  const looked = async (seed: number): Promise<string[]> =>
    (await photos.surveyPhotos(all, { most: 4, seed })).rejected.map(({ photo }) => photo.name);
  assert.notDeepEqual(await looked(1), await looked(2));
});

test('surveyPhotos lists what cannot be read in the order given, of a sample too, whichever is told first', async (t) => {
  const all = await writeGreys(t, 9);
  // A long file that was cut short takes a decoder some time; empty ones are told at once.
  const long = await noise(1500, 1500).jpeg().toBuffer();
  for (const { file } of all) writeFileSync(file, '');
  const given = all.reverse();
  writeFileSync(given[0].file, long.subarray(0, long.length - 1000));
  for (const most of [9, 5]) {
    const { rejected } = await photos.surveyPhotos(given, { most });
    const names = rejected.map(({ photo }) => photo.name);
    assert.equal(names.length, most);
    assert.deepEqual(
      names,
      given.map(({ name }) => name).filter((name) => names.includes(name)),
    );
  }
});

test('surveyPhotos orders sizes of as many photos by their text, in whichever order the photos come', async (t) => {
  const all = await writeGreys(t, 4);
  for (const { file } of all.slice(0, 2)) writeFileSync(file, await plain(30, 20, [9, 9, 9]).jpeg().toBuffer());
  for (const given of [all, [...all].reverse()]) {
    assert.deepEqual((await photos.surveyPhotos(given)).sizes, [
      { size: '16 x 16', photos: 2 },
      { size: '30 x 20', photos: 2 },
    ]);
  }
});
