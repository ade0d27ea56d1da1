/** The frame that is measured, on faces laid where CelebA lays them. */

import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fsPromises from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { dataset, faces, photos } from 'celeba-lab';
import { noise } from '../photos/write-photos';

const PORTRAITS = resolve(__dirname, '../../../shared/portraits-dev/female');
const skip = existsSync(PORTRAITS) ? false : `no portraits at ${PORTRAITS}`;
const folder = mkdtempSync(join(tmpdir(), 'frame-'));
after(() => rmSync(folder, { recursive: true }));

// Mean places of eyes, nose and mouth corners in CelebA's aligned photos, as published with them.
const CELEBA: faces.FivePoints = [
  [69, 111],
  [108, 111],
  [88, 136],
  [72, 152],
  [105, 152],
];

test(
  'the frame of photos aligned as CelebA aligns them lies within 3 pixels of the published places',
  { skip },
  async () => {
    const finder = await faces.loadFaceFinder();
    const aligned: dataset.Photo[] = [];
    for (const name of readdirSync(PORTRAITS).sort().slice(0, 12)) {
      const photo = await photos.decodePhoto(join(PORTRAITS, name));
      const [face] = await finder.find(photo);
      const file = join(folder, name);
      const picture = faces.alignFace(photo, face.points, { width: 178, height: 218, points: CELEBA });
      writeFileSync(file, await photos.encodeJpeg(picture));
      aligned.push({ file, name, label: 0, part: 'train' });
    }
    const frame = await faces.measureFrame(finder, aligned, { photoCount: 12, cacheFolder: join(folder, 'cache') });
    assert.ok(frame && frame.faceCount >= 10);
    frame.points.forEach(([x, y], i) => {
      const distance = Math.hypot(x - CELEBA[i][0], y - CELEBA[i][1]);
      assert.ok(distance < 3, `point ${i}: ${x.toFixed(1)} ${y.toFixed(1)}`);
    });
  },
);

/** Finds a face in the middle of every photo. */
const anyFace: faces.FaceFinder = {
  find: (photo) => {
    const { width, height } = photo as photos.RgbPhoto;
    const points = CELEBA.map(([x, y]) => [(x / 178) * width, (y / 218) * height]) as faces.FivePoints;
    return Promise.resolve([{ points }] as faces.FoundFace[]);
  },
};

async function drawings(count: number): Promise<dataset.Photo[]> {
  return (await dataset.openDataset(undefined)).photos.slice(0, count);
}

test('the limits for detail and likeness are shares of what sharpnessOf and likenessOf measure on the photos', async () => {
  const photoCount = 12;
  const some = await drawings(photoCount);
  const frame = await faces.measureFrame(anyFace, some, { photoCount });
  assert.ok(frame);
  const decoded = await Promise.all(some.map(({ file }) => photos.decodePhoto(file)));
  const layouts = decoded.map(faces.edgeLayout);
  const meanEdges = layouts[0].map((_, i) => layouts.reduce((sum, layout) => sum + layout[i], 0) / photoCount);
  // All but the lowest hundredth of 12 photos: 11 hundredths of the way from the lowest to the next.
  const usual = (values: number[]): number => {
    const [lowest, next] = values.sort((a, b) => a - b);
    return lowest + 0.11 * (next - lowest);
  };
  const near = (found: number, expected: number) =>
    assert.ok(Math.abs(found - expected) < 0.0051, `${found} ${expected}`);
  near(frame.limits.sharpness, 0.5 * usual(decoded.map(faces.sharpnessOf)));
  near(frame.limits.likeness, 0.6 * usual(decoded.map((photo) => faces.likenessOf(photo, meanEdges))));
  frame.meanEdges.forEach((edge, i) => near(edge, meanEdges[i]));
});

test('a kept frame is found again for photos of the same content, and not for others under the same names', async () => {
  const photoCount = 12;
  const some = (await drawings(photoCount)).map(({ file }, i) => ({
    file: join(folder, `drawing-${i}`),
    from: file,
    label: 0,
  }));
  for (const { file, from } of some) copyFileSync(from, file);
  const cacheFolder = join(folder, 'kept');
  let looked = 0;
  const measure = () => {
    looked = 0;
    const onProgress = () => looked++;
    return faces.measureFrame(anyFace, some, { photoCount, cacheFolder, onProgress });
  };
  const first = await measure();
  assert.deepEqual([await measure(), looked], [first, 0]);
  for (const { file } of some) await noise(178, 218).jpeg().toFile(file);
  const second = await measure();
  assert.equal(looked, photoCount);
  assert.notDeepEqual(second?.meanEdges, first?.meanEdges);
});

test('a kept frame that is broken is measured again, and one that cannot be read is not taken for missing', async (t) => {
  const photoCount = 12;
  const some = (await drawings(photoCount)).map(({ file }) => ({ file, label: 0 }));
  const cacheFolder = join(folder, 'broken');
  const measure = () => faces.measureFrame(anyFace, some, { photoCount, cacheFolder });
  const first = await measure();
  const [kept] = readdirSync(cacheFolder);
  for (const broken of ['{"frame": {', 'null']) {
    writeFileSync(join(cacheFolder, kept), broken);
    assert.deepEqual(await measure(), first);
  }
  t.mock.method(fsPromises, 'readFile', () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' })));
  await assert.rejects(measure(), { code: 'EIO' });
});

test('measureFrame keeps no pixels of the photos that it has looked at', async () => {
  const [photoCount, width, height] = [16, 1500, 1000];
  const file = join(folder, 'large.jpg');
  await noise(width, height).jpeg().toFile(file);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const kept: number[] = [];
  const onProgress = (): void => {
    collect();
    kept.push(process.memoryUsage().arrayBuffers);
  };
  const many = Array.from({ length: photoCount }, () => ({ file, label: 0 }));
  assert.ok(await faces.measureFrame(anyFace, many, { photoCount, onProgress }));
  const grown = (kept[photoCount - 1] - kept[0]) / (3 * width * height);
  assert.ok(grown < 4, `the pixels of ${grown.toFixed(1)} photos more after ${photoCount} than after one`);
});
