import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { dataset } from 'celeba-lab';
import { randomSplit } from 'celeba-lab/dist/dataset/random-split';
import { rows } from './made-up-rows';

const DATA = rows(40, (i) => i % 2 === 0);

function namesIn(photos: dataset.Photo[], part: dataset.Part): string[] {
  return photos.filter((photo) => photo.part === part).map(({ name }) => name.replace(/^0+|\.jpg$/g, ''));
}

test('randomSplit gives each photo the part that is noted here for its name and the seed', () => {
  const drawn = randomSplit(DATA, 1);
  assert.deepEqual(namesIn(drawn, 'test'), ['8', '16', '18', '28']);
  assert.deepEqual(namesIn(drawn, 'validation'), ['5', '13', '17', '21']);
});

test('randomSplit of one training photo more keeps the test photos that there were', () => {
  const [first] = DATA.photos;
  for (const number of [41, 43]) {
    const more = { ...first, name: `0000${number}.jpg` };
    const drawn = randomSplit({ ...DATA, photos: [...DATA.photos, more] }, 1);
    assert.deepEqual(namesIn(drawn, 'test'), namesIn(randomSplit(DATA, 1), 'test'));
  }
});
