/** Descriptors of the three persons in the photograph that face-api brings for its demonstration. */

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { faces, photos, tf } from 'celeba-lab';
import sharp from 'sharp';
import { celebaFrame } from './celeba-frame';

const PACKAGE = dirname(require.resolve('@vladmandic/face-api/package.json'));
const PHOTO = join(PACKAGE, 'demo', 'sample1.jpg');
const FRAME = celebaFrame();

let aligned: faces.AlignedFace[];
let descriptors: number[][];

before(async () => {
  const decoded = await photos.decodePhoto(PHOTO);
  const found = await (await faces.loadFaceFinder()).find(decoded);
  aligned = found.map(({ points }) => ({
    aligned: faces.alignFace(decoded, points, FRAME),
    points: faces.alignedPoints(points, FRAME),
  }));
  descriptors = await faces.describeFaces(aligned);
});

const folder = mkdtemp(join(tmpdir(), 'describe-'));
after(async () => rm(await folder, { recursive: true }));

function pictureOf({ aligned: { data, width, height } }: faces.AlignedFace): sharp.Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, i) => value - b[i]));
}

test('descriptors of one person are alike, and of two persons they are not', async () => {
  assert.deepEqual(
    descriptors.map(({ length }) => length),
    [faces.DESCRIPTOR_LENGTH, faces.DESCRIPTOR_LENGTH, faces.DESCRIPTOR_LENGTH],
  );
  const { points } = aligned[0];
  const poor = await photos.decodePhoto(await pictureOf(aligned[0]).jpeg({ quality: 20 }).toBuffer());
  const [again] = await faces.describeFaces([{ aligned: poor, points }]);
  // dlib takes two faces for one person's below 0.6.
  assert.ok(distance(again, descriptors[0]) < 0.3, String(distance(again, descriptors[0])));
  for (const [i, k] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ])
    assert.ok(distance(descriptors[i], descriptors[k]) > 0.6, `${i} and ${k}`);
});

test('a face and its mirror image have nearly the same descriptor', async () => {
  const mirrored = await photos.decodePhoto(await pictureOf(aligned[0]).flop().png().toBuffer());
  const across = aligned[0].points.map(([x, y]) => [FRAME.width - x, y]) as faces.FivePoints;
  const [leftEye, rightEye, nose, leftCorner, rightCorner] = across;
  const points: faces.FivePoints = [rightEye, leftEye, nose, rightCorner, leftCorner];
  const [descriptor] = await faces.describeFaces([{ aligned: mirrored, points }]);
  assert.ok(distance(descriptor, descriptors[0]) < 0.15, String(distance(descriptor, descriptors[0])));
});

test('describePhotos describes photos in their order, in batches, and tells how far it is', async () => {
  const files = await Promise.all(
    aligned.map(async (face, i) => {
      const file = join(await folder, `${i}.png`);
      await pictureOf(face).toFile(file);
      return { file };
    }),
  );
  const told: number[][] = [];
  const onProgress = (...counts: number[]) => void told.push(counts);
  const { numTensors } = tf.memory();
  const described = await faces.describePhotos(files, FRAME, { batchSize: 2, onProgress });
  assert.equal(tf.memory().numTensors, numTensors);
  described.forEach((descriptor, i) => assert.ok(distance(descriptor, descriptors[i]) < 0.15));
  assert.deepEqual(told, [
    [2, 3],
    [3, 3],
  ]);
});

test('describePhotos finds out where a face lies that lies beside the frame', async () => {
  const file = join(await folder, 'beside.png');
  const shifted = pictureOf(aligned[0]).extend({ left: 14, top: 10, extendWith: 'copy' });
  const bytes = await shifted.png().toBuffer();
  await sharp(bytes).extract({ left: 0, top: 0, width: FRAME.width, height: FRAME.height }).toFile(file);
  const [found] = await faces.describePhotos([{ file }], FRAME);
  assert.ok(distance(found, descriptors[0]) < 0.2, String(distance(found, descriptors[0])));
  const [missed] = await faces.describeFaces([{ aligned: await photos.decodePhoto(file), points: FRAME.points }]);
  assert.ok(distance(missed, descriptors[0]) > 0.3, String(distance(missed, descriptors[0])));
});

test('describePhotos describes a photo in the view that is asked for', async () => {
  const file = join(await folder, 'view.png');
  await pictureOf(aligned[0]).toFile(file);
  const degraded: photos.PhotoView = { ...photos.PLAIN_VIEW, name: 'blurred', degradation: { kind: 'blur', sigma: 4 } };
  const seen = [{ file }, { file, view: photos.MIRRORED_VIEW }, { file, view: degraded }];
  const [plain, mirrored, blurred] = await faces.describePhotos(seen, FRAME);
  assert.ok(distance(plain, mirrored) < 0.15, String(distance(plain, mirrored)));
  assert.ok(distance(plain, blurred) > 0.2, String(distance(plain, blurred)));
});

test('describePhotos names a photo that cannot be read', async () => {
  const file = join(await folder, 'text.jpg');
  await writeFile(file, 'no photo');
  await assert.rejects(faces.describePhotos([{ file }], FRAME), /text\.jpg/);
});
