/** face-api's networks as graphs, against face-api's own way of computing them, on the photograph that it brings along. */

import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { faces, tf } from 'celeba-lab';
import sharp from 'sharp';

const FOLDER = dirname(require.resolve('@vladmandic/face-api/package.json'));
// Far below a pixel of the pictures that the networks look at.
const CLOSE = 1e-5;

const NETWORKS = ['ssdMobilenetv1', 'faceLandmark68Net', 'faceRecognitionNet'] as const;

interface FaceApi {
  NetInput: new (pictures: tf.Tensor3D[]) => object;
  nets: Record<(typeof NETWORKS)[number], { loadFromDisk(folder: string): Promise<void> }> & {
    ssdMobilenetv1: { forwardInput(input: object): { boxes: tf.Tensor2D[]; scores: tf.Tensor1D[] } };
    faceLandmark68Net: { forwardInput(input: object): tf.Tensor2D };
    faceRecognitionNet: { forwardInput(input: object): tf.Tensor2D };
  };
}

let networks: faces.FaceNetworks;
let describe: faces.DescriptorNetwork;
let theirs: FaceApi;

before(async () => {
  networks = await faces.loadFaceNetworks();
  describe = await faces.loadDescriptorNetwork();
  const module = (await import('@vladmandic/face-api/dist/face-api.node-gpu.js')) as unknown as { default: FaceApi };
  theirs = module.default;
  for (const name of NETWORKS) await theirs.nets[name].loadFromDisk(join(FOLDER, 'model'));
});

/** The left part of the photograph, with one face. */
async function picture(side: number): Promise<tf.Tensor3D> {
  const cut = sharp(join(FOLDER, 'demo', 'sample1.jpg')).extract({ left: 200, top: 200, width: 520, height: 520 });
  const bytes = await cut.resize(side, side).removeAlpha().raw().toBuffer();
  return tf.tensor3d(new Uint8Array(bytes), [side, side, 3], 'int32').toFloat();
}

test('the detector finds the boxes and scores that face-api finds, in the same order', async () => {
  const least = 0.05;
  const photo = await picture(512);
  const ours = networks.detect(photo, least);
  const { boxes, scores } = theirs.nets.ssdMobilenetv1.forwardInput(new theirs.NetInput([photo]));
  const [edges, sure] = [await boxes[0].array(), await scores[0].array()];
  const expected = sure.flatMap((score, i) => (score >= least ? [[...edges[i], score]] : []));
  assert.ok(expected.some(([, , , , score]) => score > 0.9));
  assert.equal(ours.length, expected.length);
  ours.forEach((found, i) => [...found.edges, found.score].forEach((value, k) => near(value, expected[i][k])));
});

test('of a picture of 256 the detector tells what it tells of it in the corner of a full one', async () => {
  const small = await picture(256);
  const full = small.pad<tf.Tensor3D>([
    [0, 256],
    [0, 256],
    [0, 0],
  ]);
  const ours = networks.detect(small, 0.5);
  const expected = networks.detect(full, 0.5);
  assert.ok(ours.length > 3);
  assert.equal(ours.length, expected.length);
  // Not the same to the last digit: here the picture ends where there it goes on in black.
  ours.forEach((found, i) => {
    near(found.score, expected[i].score, 0.1);
    found.edges.forEach((edge, k) => near(edge, 2 * expected[i].edges[k], 0.05));
  });
  assert.equal(networks.detect(small, 0).length, 1278);
});

test('the detector refuses a picture of another size', () => {
  assert.throws(
    () => networks.detect(tf.zeros([300, 300, 3]), 0.5),
    /found a picture of 300 x 300 x 3, expected a side of/,
  );
});

test('the landmark network gives the points that face-api gives', async () => {
  const photo = await picture(112);
  const ours = networks.landmarks(photo);
  const expected = await theirs.nets.faceLandmark68Net.forwardInput(new theirs.NetInput([photo])).data();
  assert.equal(ours.length, 136);
  ours.forEach((value, i) => near(value, expected[i]));
});

test('the recognition network gives the descriptors that face-api gives, of each picture in a batch', async () => {
  const photo = await picture(150);
  const mirrored = photo.reverse<tf.Tensor3D>(1);
  const ours = describe(tf.stack([photo, mirrored]) as tf.Tensor4D);
  const expected = theirs.nets.faceRecognitionNet.forwardInput(new theirs.NetInput([photo, mirrored]));
  assert.deepEqual(ours.shape, [2, 128]);
  const [values, others] = [await ours.data(), await expected.data()];
  values.forEach((value, i) => near(value, others[i]));
});

test('the networks leave no tensor behind', async () => {
  const [large, small] = [await picture(512), await picture(112)];
  const { numTensors } = tf.memory();
  networks.detect(large, 0.5);
  networks.landmarks(small);
  tf.tidy(() => describe(tf.zeros([1, 150, 150, 3])).dataSync());
  assert.equal(tf.memory().numTensors, numTensors);
});

function near(value: number, expected: number, close = CLOSE): void {
  assert.ok(Math.abs(value - expected) < close, `${value} instead of ${expected}`);
}
