import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluation, type model } from 'celeba-lab';
import { doubtOf } from 'celeba-lab/dist/evaluation/decide';

const CLASSES = { classNames: ['female', 'male'], head: 'sigmoid' } as const;

function calibrated(threshold: number, temperature = 1): model.Calibration {
  return { temperature, threshold, errorRate: 0.01, photoCount: 100, unanswered: 0.1 };
}

function describe(calibration?: model.Calibration) {
  return { ...CLASSES, classNames: [...CLASSES.classNames], calibration };
}

test('decide names the class of the largest output, with calibrated probabilities that add up to 1', () => {
  const answer = evaluation.decide(describe(calibrated(0.9)), [0.1, 0.9]);
  // The logits are -log 9 and log 9, so the odds are 81 to 1.
  assert.ok(Math.abs(answer.probability - 81 / 82) < 1e-12);
  assert.equal(answer.probabilities[0] + answer.probabilities[1], 1);
  assert.deepEqual([answer.label, answer.abstained, 'reason' in answer], ['male', false, false]);
});

test('decide leaves the outputs of a model without a calibration as they are, and answers', () => {
  const answer = evaluation.decide(describe(), [0.52, 0.51]);
  assert.deepEqual(answer, { label: 'female', probability: 0.52, probabilities: [0.52, 0.51], abstained: false });
});

test('decide abstains below the threshold and for a fault of the photo, which is named first', () => {
  const unsure = evaluation.decide(describe(calibrated(0.999)), [0.1, 0.9]);
  assert.deepEqual([unsure.label, unsure.abstained], ['male', true]);
  assert.match(unsure.reason ?? '', /^unsure: 98\.8 %/);
  const blurred = evaluation.decide(describe(calibrated(0.999)), [0.1, 0.9], 'the face is blurred');
  assert.deepEqual([blurred.abstained, blurred.reason], [true, 'the face is blurred']);
});

test('answers begin at the threshold, and below it the probability and the threshold are named', () => {
  assert.equal(doubtOf(0.9, calibrated(0.9)), undefined);
  assert.equal(doubtOf(0.85, calibrated(0.9)), 'unsure: 85.0 %, and answers begin at 90.0 %');
  assert.equal(doubtOf(0.5, undefined), undefined);
});

test('a probability just below the threshold is told from it, with as many decimals as that takes', () => {
  const doubt = (probability: number, threshold: number) => doubtOf(probability, calibrated(threshold));
  assert.equal(doubt(0.99954, 0.9996), 'unsure: 99.95 %, and answers begin at 99.96 %');
  assert.equal(doubt(0.98301, 0.98302), 'unsure: 98.301 %, and answers begin at 98.302 %');
  const [, found, least] = doubt(1 - 1e-13, 1)!.match(/^unsure: (\S+) %.* (\S+) %$/)!;
  assert.ok(Number(found) < Number(least), `${found} and ${least}`);
});
