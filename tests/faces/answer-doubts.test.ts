/** What keeps an answer back, or changes it, whatever else is asked: a real photo through the real finder. */

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { faces, tf, type model } from 'celeba-lab';
import sharp from 'sharp';
import { brightnessClassifier, oneWoman } from './real-face';
import { brightnessModel } from '../model/brightness-model';

let finder: faces.FaceFinder;
let classifier: model.SavedClassifier;
let one: Buffer;

before(async () => {
  finder = await faces.loadFaceFinder();
  classifier = brightnessClassifier();
  one = await oneWoman();
});

test('a face under 40 pixels is not answered beside a second opinion either, however sure both are', async () => {
  const room = { left: 120, right: 120, background: '#777' };
  const small = await sharp(one).resize({ width: 75 }).extend(room).png().toBuffer();
  const calibration = { temperature: 1, threshold: 0, errorRate: 0.01, photoCount: 100, unanswered: 0 };
  const weights = Array.from({ length: faces.DESCRIPTOR_LENGTH }, () => [0, 0]);
  const secondOpinion = { weights, biases: [9, -9], share: 1, calibration };
  const answer = await faces.answerPhoto({ ...classifier, secondOpinion }, finder, small);
  assert.ok('faces' in answer);
  const [{ abstained, reason, probability }] = answer.faces;
  assert.ok(probability > 0.99);
  assert.equal(abstained, true);
  assert.match(reason ?? '', /pixels across: under 40/);
});

test('testTimeFlip answers with the mean of a photo and its mirror image, with a frame and without', async () => {
  for (const frame of [undefined, classifier.frame]) {
    const share = async (testTimeFlip: boolean): Promise<number> => {
      const answer = await faces.answerPhoto({ ...classifier, frame, model: leftSided(), testTimeFlip }, finder, one);
      assert.ok('faces' in answer);
      return answer.faces[0].probabilities[0];
    };
    const [once, mean] = [await share(false), await share(true)];
    assert.ok(Math.abs(once - mean) > 0.001, `${once} and ${mean}`);
  }
});

/** Tells by the left half of a photo alone. */
function leftSided(): tf.LayersModel {
  const predictOnBatch = (photos: tf.Tensor4D): tf.Tensor =>
    tf.tidy(() => {
      const half = photos.slice([0, 0, 0, 0], [-1, -1, Math.floor(photos.shape[2] / 2), -1]);
      const left = half.mean([1, 2, 3]).expandDims<tf.Tensor2D>(1).div<tf.Tensor2D>(100);
      return tf.concat([left.neg(), left], 1).sigmoid();
    });
  return Object.assign(brightnessModel(), { predictOnBatch });
}
