/** The photo that notebook 5 begins with. */

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { faces, photos } from 'celeba-lab';

let folder: string;
let looked: number;

/** Finds one face in a photo whose first pixel is red. */
const finder: faces.FaceFinder = {
  async find(photo) {
    looked++;
    const { data } = await photos.decodePhoto(photo as string);
    return data[0] > 128
      ? [{ score: 1, box: [0, 0, 9, 9], points: [0, 1, 2, 3, 4].map((i) => [i, i]) } as unknown as faces.FoundFace]
      : [];
  },
};

async function painted(name: string, background: string): Promise<string> {
  await sharp({ create: { width: 20, height: 20, channels: 3, background } }).toFile(join(folder, name));
  return join(folder, name);
}

before(async () => (folder = await mkdtemp(join(tmpdir(), 'with-face-'))));
after(() => rm(folder, { recursive: true }));

test('the first photo with a face is taken, past some without one and some that cannot be read', async () => {
  const [none, face] = [await painted('none.png', 'black'), await painted('face.png', 'red')];
  await writeFile(join(folder, 'text.jpg'), 'text');
  const { index, found } = await faces.firstWithFace(finder, [none, join(folder, 'text.jpg'), face, face]);
  assert.deepEqual([index, found.length], [2, 1]);
});

test('where no photo shows a face the first that can be read is taken, after eight looks', async () => {
  const [none, face] = [await painted('none.png', 'black'), await painted('face.png', 'red')];
  looked = 0;
  const { index, found } = await faces.firstWithFace(finder, [
    join(folder, 'missing.jpg'),
    ...Array(8).fill(none),
    face,
  ]);
  assert.deepEqual([index, found, looked], [1, [], 9]);
});

test('where no photo can be read, the user learns which folder to look into', async () => {
  await assert.rejects(
    faces.firstWithFace(finder, [join(folder, 'missing.jpg')]),
    /^InputError: photos: found none of 1 that can be read/,
  );
});
