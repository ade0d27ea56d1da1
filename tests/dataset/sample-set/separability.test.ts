/** The classes of the sample set differ in what the faces show, not in how bright or colorful the pictures are. */

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { drawSampleSet } from 'celeba-lab/dist/dataset/sample-set';
import { planPictures } from 'celeba-lab/dist/dataset/sample-set/plan';

const PHOTO_COUNT = 160;
const planned = planPictures(PHOTO_COUNT, 1);
let folder: string;

before(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'sample-set-')), 'sample');
  await drawSampleSet(folder, { seed: 1, photoCount: PHOTO_COUNT });
});
after(() => rm(join(folder, '..'), { recursive: true }));

/** Pixels and class of each picture in a part. */
async function readPart(part: string): Promise<{ pixels: Buffer; male: boolean }[]> {
  const wanted = planned.filter((one) => one.part === part);
  return Promise.all(
    wanted.map(async ({ name, picture }) => {
      const file = await readFile(join(folder, 'img_align_celeba', name));
      return { pixels: await sharp(file).raw().toBuffer(), male: picture.person.male };
    }),
  );
}

function meanOf(pictures: { pixels: Buffer }[]): Float64Array {
  const mean = new Float64Array(pictures[0].pixels.length);
  for (const { pixels } of pictures) for (let i = 0; i < mean.length; i++) mean[i] += pixels[i] / pictures.length;
  return mean;
}

function squaredDistance(pixels: Buffer, mean: Float64Array): number {
  return mean.reduce((sum, value, i) => sum + (pixels[i] - value) ** 2, 0);
}

test('the nearest mean of raw pixels finds the class better than chance, but in fewer than 80 % of the test pictures', async () => {
  const train = await readPart('train');
  const [female, male] = [false, true].map((wanted) => meanOf(train.filter((one) => one.male === wanted)));
  const tested = await readPart('test');
  const hits = tested.filter(({ pixels, male: labelled }) => {
    return squaredDistance(pixels, male) < squaredDistance(pixels, female) === labelled;
  });
  const accuracy = hits.length / tested.length;
  assert.ok(accuracy > 0.5 && accuracy < 0.8, `accuracy ${accuracy}`);
});
