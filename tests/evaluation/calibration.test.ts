import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluation, random } from 'celeba-lab';

const { calibrate, calibratedProbabilities } = evaluation;

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));
const close = (actual: number, expected: number, within: number) =>
  assert.ok(Math.abs(actual - expected) < within, `${actual} is not within ${within} of ${expected}`);

/** Photos whose label is drawn with the very probability that softmax of [-logit, logit] gives; outputs say `factor` times the logit. */
function madeUp(count: number, factor: number) {
  const draw = random.seededRandom(5);
  return Array.from({ length: count }, () => {
    const logit = 4 * (2 * draw() - 1);
    return {
      label: draw() < sigmoid(2 * logit) ? 1 : 0,
      probabilities: [sigmoid(-factor * logit), sigmoid(factor * logit)],
    };
  });
}

test('calibrate finds the factor by which a model is too sure of itself', () => {
  close(calibrate(madeUp(4000, 3), 'sigmoid').temperature, 3, 0.3);
  close(calibrate(madeUp(4000, 0.5), 'sigmoid').temperature, 0.5, 0.05);
});

test('calibrated probabilities add up to 1, keep the largest output and come true as often as they say', () => {
  const photos = madeUp(4000, 3);
  const { temperature } = calibrate(photos, 'sigmoid');
  const sure = photos.map(({ probabilities, label }) => {
    const calibrated = calibratedProbabilities(probabilities, 'sigmoid', temperature);
    close(calibrated[0] + calibrated[1], 1, 1e-9);
    assert.equal(evaluation.argmax(calibrated), evaluation.argmax(probabilities));
    return { stated: Math.max(...calibrated), right: evaluation.argmax(calibrated) === label };
  });
  const stated = sure.reduce((sum, row) => sum + row.stated, 0) / sure.length;
  close(stated, sure.filter(({ right }) => right).length / sure.length, 0.01);
});

test('the threshold keeps the error rate on the photos it was chosen on, and answers as many as it allows', () => {
  const photos = madeUp(4000, 2);
  const { temperature, threshold, errorRate, unanswered } = calibrate(photos, 'sigmoid', { errorRate: 0.02 });
  const rows = photos.map(({ probabilities, label }) => {
    const calibrated = calibratedProbabilities(probabilities, 'sigmoid', temperature);
    return { probability: Math.max(...calibrated), wrong: evaluation.argmax(calibrated) !== label };
  });
  const answered = rows.filter(({ probability }) => probability >= threshold);
  const wrong = answered.filter((row) => row.wrong).length;
  assert.equal(errorRate, 0.02);
  const expected = answered.reduce((sum, { probability }) => sum + 1 - probability, 0);
  assert.ok(wrong <= 0.02 * answered.length && expected <= 0.02 * answered.length);
  assert.ok(Math.max(wrong, expected) > 0.0195 * answered.length);
  close(unanswered, 1 - answered.length / rows.length, 1e-9);
});

test('one error among the surest answers does not leave all others unanswered', () => {
  const sure = (label: number) => ({ label, probabilities: label ? [0.002, 0.998] : [0.998, 0.002] });
  const photos = Array.from({ length: 300 }, (_, i) => sure(i % 2));
  const mislabelled = { label: 0, probabilities: [0.0001, 0.9999] };
  const { unanswered, errorRate } = calibrate([...photos, mislabelled], 'sigmoid');
  assert.equal(unanswered, 0);
  assert.equal(errorRate, 0.01);
});

test('where few photos cannot show the rate, no error is left and the rate that is shown is named', () => {
  const at = (logit: number, label: number) => ({ label, probabilities: [sigmoid(-logit), sigmoid(logit)] });
  const photos = [at(5, 1), at(4, 1), at(-4, 0), at(3, 1), at(1, 0), at(0.5, 1)];
  const { threshold, errorRate, unanswered, temperature } = calibrate(photos, 'sigmoid');
  const probability = (logit: number) =>
    Math.max(...calibratedProbabilities([sigmoid(-logit), sigmoid(logit)], 'sigmoid', temperature));
  assert.ok(probability(3) > threshold && probability(1) < threshold);
  close(errorRate, 1 / 5, 1e-9);
  close(unanswered, 2 / 6, 1e-9);
});

/** Of 59 photos the ten that are wrong are among the less sure half; one more is right, and `top` sure. */
function fewPhotos(top: number) {
  const logits = Array.from({ length: 59 }, (_, i) => 0.2 + (3.2 * i) / 58);
  return [...logits, top].map((logit, i) => ({
    label: i % 3 === 0 && i < 30 ? 0 : 1,
    probabilities: [sigmoid(-logit), sigmoid(logit)],
  }));
}

test('one photo among few that is surer than all others does not leave these unanswered', () => {
  for (const top of [3.5, 4, 5, 8]) {
    const { unanswered, errorRate } = calibrate(fewPhotos(top), 'sigmoid');
    close(unanswered, 36 / 60, 1e-9);
    close(errorRate, 1 / 25, 1e-9);
  }
});

test('the rate that is named for few photos is kept as counted and as their probabilities expect', () => {
  const photos = fewPhotos(4);
  const { temperature, threshold, errorRate } = calibrate(photos, 'sigmoid');
  const answers = photos
    .map(({ probabilities, label }) => ({
      label,
      rows: calibratedProbabilities(probabilities, 'sigmoid', temperature),
    }))
    .filter(({ rows }) => Math.max(...rows) >= threshold);
  const expected = answers.reduce((sum, { rows }) => sum + 1 - Math.max(...rows), 0);
  assert.ok(expected <= errorRate * answers.length, `${expected} of ${answers.length}`);
  assert.ok(answers.every(({ rows, label }) => evaluation.argmax(rows) === label));
});

test('a model that errs nowhere answers all photos of its validation, and others from three to one on', () => {
  const photos = Array.from({ length: 300 }, (_, i) => ({
    label: i % 2,
    probabilities: i % 2 ? [0.1, 0.9] : [0.9, 0.1],
  }));
  assert.deepEqual(
    { threshold: calibrate(photos, 'softmax').threshold, unanswered: calibrate(photos, 'softmax').unanswered },
    { threshold: 0.75, unanswered: 0 },
  );
});

test('where no validation photo may be answered, none is, however sure, and the rate is the one asked for', () => {
  const guesses = Array.from({ length: 300 }, (_, i) => ({ label: i % 2, probabilities: [0.45, 0.55] }));
  const surestWrong = Array.from({ length: 100 }, (_, i) => ({
    label: i < 3 ? 0 : i % 2,
    probabilities: i < 3 ? [0.001, 0.999] : [0.49, 0.51],
  }));
  for (const photos of [guesses, surestWrong]) {
    const calibration = calibrate(photos, 'sigmoid');
    assert.deepEqual([calibration.threshold, calibration.errorRate, calibration.unanswered], [2, 0.01, 1]);
    const classifier = { head: 'sigmoid', classNames: ['cat', 'dog'], calibration } as const;
    const answer = evaluation.decide({ ...classifier, classNames: ['cat', 'dog'] }, [1e-7, 1 - 1e-7]);
    assert.equal(answer.abstained, true);
    assert.match(answer.reason ?? '', /too few answers to the validation photos were right/);
  }
});

test('an answer below three to one is not given, though the rate over all answers would allow it', () => {
  const at = (probability: number, label: number) => ({ label, probabilities: [1 - probability, probability] });
  const sure = Array.from({ length: 400 }, (_, i) => at(i % 2 ? 0.999 : 0.001, i % 2));
  const { threshold, unanswered, temperature } = calibrate([...sure, at(0.55, 1), at(0.52, 0)], 'softmax');
  const [, unsure] = calibratedProbabilities([0.45, 0.55], 'softmax', temperature);
  assert.ok(unsure < 0.75 && threshold >= 0.75, `${unsure} ${threshold}`);
  close(unanswered, 2 / 402, 1e-9);
});

test('a model that errs nowhere is made as sure as so many photos bear out, and no surer', () => {
  for (const count of [8, 200]) {
    const photos = Array.from({ length: count }, (_, i) => ({
      label: i % 2,
      probabilities: i % 2 ? [0.42, 0.58] : [0.58, 0.42],
    }));
    const { temperature } = calibrate(photos, 'sigmoid');
    close(calibratedProbabilities([0.42, 0.58], 'sigmoid', temperature)[1], (count + 1) / (count + 2), 1e-3);
  }
});

test('answers that are equally sure are given together or not at all', () => {
  const at = (probability: number, label: number) => ({ label, probabilities: [1 - probability, probability] });
  const photos = [...Array.from({ length: 3 }, () => at(0.99, 1)), at(0.9, 1), at(0.9, 0), at(0.9, 1)];
  const { threshold, temperature, unanswered } = calibrate(photos, 'softmax');
  const [, tied] = calibratedProbabilities([0.1, 0.9], 'softmax', temperature);
  assert.ok(threshold > tied);
  close(unanswered, 3 / 6, 1e-9);
});

test('of four classes, answers that are equally sure are given together whichever class they say', () => {
  const rest = (sure: number) => [0, 1, 2, 3].map(() => (1 - sure) / 3);
  const saying = (answer: number, sure: number, label = answer) => ({
    label,
    probabilities: rest(sure).with(answer, sure),
  });
  const among = (count: number, one: (i: number) => ReturnType<typeof saying>) =>
    Array.from({ length: count }, (_, i) => one(i));
  const alike = [...among(60, (i) => saying(i % 4, 0.8)), ...among(6, () => saying(2, 0.8, 3))];
  const surer = among(60, (i) => saying(i % 4, 0.9999));
  const { threshold, temperature } = calibrate([...surer, ...alike], 'softmax', { errorRate: 0.05 });
  const isAnswered = ({ probabilities }: (typeof alike)[number]) =>
    Math.max(...calibratedProbabilities(probabilities, 'softmax', temperature)) >= threshold;
  assert.equal(surer.filter(isAnswered).length, 60);
  assert.equal(alike.filter(isAnswered).length, 0);
});

test('softmax outputs at temperature 1 stay as they are', () => {
  calibratedProbabilities([0.2, 0.7, 0.1], 'softmax', 1).forEach((p, i) => close(p, [0.2, 0.7, 0.1][i], 1e-9));
});

test('outputs of sigmoid units become one distribution, also at temperature 1', () => {
  calibratedProbabilities([0.1, 0.9], 'sigmoid', 1).forEach((p, i) => close(p, [1 / 82, 81 / 82][i], 1e-9));
});

test('calibrate refuses no photos and a rate that is no share', () => {
  assert.throws(() => calibrate([], 'sigmoid'), /^InputError: calibrate: found no photo, expected validation photos/);
  assert.throws(() => calibrate(madeUp(3, 1), 'sigmoid', { errorRate: 1 }), /share between 0 and 1/);
});

test('outputs of 0 and 1 count as a ten-millionth from there, so that none becomes impossible', () => {
  const odds = 1e-7 / (1 - 1e-7);
  const sigmoids = calibratedProbabilities([0, 1], 'sigmoid', 1);
  close(sigmoids[0] / (odds ** 2 / (1 + odds ** 2)), 1, 1e-6);
  const softmax = calibratedProbabilities([0, 1], 'softmax', 1);
  close(softmax[0] / 1e-7, 1, 1e-6);
  for (const [first, second] of [sigmoids, softmax]) close(first + second, 1, 1e-12);
});

test('few photos that are all right bear out no surer answers than if one more had been wrong', () => {
  const photos = Array.from({ length: 8 }, (_, i) => ({
    label: i % 2,
    probabilities: i % 2 ? [0.001, 0.999] : [0.999, 0.001],
  }));
  const { temperature, unanswered } = calibrate(photos, 'sigmoid');
  close(calibratedProbabilities([0.001, 0.999], 'sigmoid', temperature)[1], 9 / 10, 1e-6);
  assert.equal(unanswered, 0);
});

test('the threshold lies halfway between the last photo that is answered and the first that is not', () => {
  const rows = [5, 4, 3, 1, 0.5].map((logit) => [sigmoid(-logit), sigmoid(logit)]);
  const photos = rows.map((probabilities, i) => ({ probabilities, label: i === 3 ? 0 : 1 }));
  const { temperature, threshold } = calibrate(photos, 'sigmoid');
  const [answered, not] = [rows[2], rows[3]].map((row) => calibratedProbabilities(row, 'sigmoid', temperature)[1]);
  assert.ok(answered - not > 0.01, `${answered}, ${not}`);
  close(threshold, (answered + not) / 2, 1e-12);
});

test('calibrateLogits finds the one temperature where sure answers stand beside a surely wrong one', () => {
  // Beyond what a floor under the probabilities would tell apart, at which the loss had a second valley.
  const rows = Array.from({ length: 200 }, (_, i) => ({
    logits: [-12 - (i % 7), 12 + (i % 5)],
    label: i === 0 ? 0 : 1,
  }));
  const loss = (temperature: number) =>
    rows.reduce((sum, { logits, label }) => sum - Math.log(evaluation.softmax(logits, temperature)[label]), 0);
  const { temperature } = evaluation.calibrateLogits(rows);
  for (const other of [0.5, 0.9, 1.1, 2])
    assert.ok(loss(temperature) <= loss(other * temperature), String(temperature));
  assert.ok(temperature > 2, String(temperature));
});

test('calibrate is calibrateLogits of the logits behind the outputs', () => {
  const photos = madeUp(300, 2);
  const rows = photos.map(({ probabilities, label }) => ({
    logits: evaluation.logitsOf(probabilities, 'sigmoid'),
    label,
  }));
  assert.deepEqual(evaluation.calibrateLogits(rows), calibrate(photos, 'sigmoid'));
});

test('calibrate refuses a label that none of the outputs is for', () => {
  const rows = [{ probabilities: [0.2, 0.8], label: 2 }];
  assert.throws(() => evaluation.calibrate(rows, 'sigmoid'), /^InputError: calibrate: found label 2 beside logits /);
});
