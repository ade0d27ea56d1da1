/** Small JPEGs of random colours for the tests of features. */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { random } from 'celeba-lab';
import type { dataset, photos } from 'celeba-lab';

/** 8 high and 6 wide, no mean subtracted. */
export const SMALL_FORMAT: photos.PhotoFormat = {
  height: 8,
  width: 6,
  channelOrder: 'bgr',
  means: [0, 0, 0],
  interpolation: 'nearest',
};

/** Writes `count` photos of two classes; no two alike. */
export async function makePhotos(folder: string, count: number): Promise<dataset.Photo[]> {
  await mkdir(folder, { recursive: true });
  const draw = random.seededRandom(count);
  return Promise.all(
    Array.from({ length: count }, async (_, i): Promise<dataset.Photo> => {
      const raw = Buffer.from(Array.from({ length: 12 * 16 * 3 }, () => Math.floor(256 * draw())));
      const name = `${i}.jpg`;
      await sharp(raw, { raw: { width: 12, height: 16, channels: 3 } })
        .jpeg()
        .toFile(join(folder, name));
      return { file: join(folder, name), name, label: i % 2, part: 'train' };
    }),
  );
}
