import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluation, random } from 'celeba-lab';

const { blendLogits, fitShare } = evaluation;

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));

function near(actual: number[], expected: number[], within = 1e-6): void {
  actual.forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]) < within, `${actual.join()} is not ${expected.join()}`),
  );
}

test('blendLogits adds the opinion, less its mean and times its share, to the logits behind both kinds of outputs', () => {
  const outputs = [sigmoid(-1), sigmoid(2)];
  near(blendLogits(outputs, 'sigmoid', [4, 0], 0.5), [-1 + 1, 2 - 1]);
  near(blendLogits(outputs, 'sigmoid', [104, 100], 0.5), [-1 + 1, 2 - 1]);
  near(blendLogits([0.2, 0.3, 0.5], 'softmax', [1, -1, 0], 2), [Math.log(0.2) + 2, Math.log(0.3) - 2, Math.log(0.5)]);
});

test('softmax of blended logits is the product of both probabilities, which adds up to 1', () => {
  const [a, b, c] = [0.2 * 0.7, 0.3 * 0.2, 0.5 * 0.1];
  const opinion = [0.7, 0.2, 0.1].map(Math.log);
  const expected = [a, b, c].map((product) => product / (a + b + c));
  near(evaluation.softmax(blendLogits([0.2, 0.3, 0.5], 'softmax', opinion, 1), 1), expected);
});

test('blendLogits with a share of 0 leaves the logits of the model', () => {
  near(blendLogits([0.1, 0.8], 'sigmoid', [9, -9], 0), evaluation.logitsOf([0.1, 0.8], 'sigmoid'));
});

test('the model counts, however sure the second opinion is', () => {
  const [agreeing, contradicting] = [5, -5].map((logit) =>
    blendLogits([sigmoid(-logit), sigmoid(logit)], 'sigmoid', [-4, 4], 8),
  );
  near([agreeing[1] - agreeing[0], contradicting[1] - contradicting[0]], [74, 54]);
  assert.notEqual(evaluation.softmax(agreeing, 10)[0], evaluation.softmax(contradicting, 10)[0]);
});

/** Labels drawn with the probability that logits give which two know: `weights` say how much of what each knows counts. */
function madeUp(count: number, weights: [first: number, second: number], seed = 3) {
  const draw = random.seededRandom(seed);
  return Array.from({ length: count }, () => {
    const [first, second] = [6 * draw() - 3, 6 * draw() - 3];
    return {
      label: draw() < sigmoid(2 * (weights[0] * first + weights[1] * second)) ? 1 : 0,
      probabilities: [sigmoid(-first), sigmoid(first)],
      opinion: [-second, second],
    };
  });
}

test('fitShare leaves a second opinion out that knows nothing, also where it leans to it', () => {
  for (const count of [4000, 300])
    for (const lean of [false, true]) assert.equal(fitShare(madeUp(count, [1, 0]), 'sigmoid', { lean }), 0);
});

test('fitShare finds how much a second opinion is worth, and leaning to it gives a little more', () => {
  for (const worth of [0.5, 1, 2]) {
    const rows = madeUp(4000, [1, worth]);
    assert.equal(fitShare(rows, 'sigmoid'), worth);
    const leant = fitShare(rows, 'sigmoid', { lean: true });
    assert.ok(leant >= worth && leant <= 2 * worth, `${leant} where ${worth} is right`);
  }
});

test('leaning, fitShare never takes a share that is worse than none', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const rows = madeUp(200, [0.6, 0.15], seed);
    const lossAt = (share: number) => {
      const logits = rows.map((row) => ({
        logits: blendLogits(row.probabilities, 'sigmoid', row.opinion, share),
        label: row.label,
      }));
      const { temperature } = evaluation.calibrateLogits(logits);
      return logits.reduce((sum, { logits: z, label }) => sum - Math.log(evaluation.softmax(z, temperature)[label]), 0);
    };
    const share = fitShare(rows, 'sigmoid', { lean: true });
    assert.ok(lossAt(share) <= lossAt(0) + 1e-9, `seed ${seed}: ${share}`);
  }
});

test('fitShare does not lean on few photos', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const rows = madeUp(100, [0.6, 0.15], seed);
    assert.equal(fitShare(rows, 'sigmoid', { lean: true }), fitShare(rows, 'sigmoid'), `seed ${seed}`);
  }
});

test('leaning, fitShare takes more of an opinion than fits best, where photos hardly tell', () => {
  const leant = Array.from({ length: 20 }, (_, i) => {
    const draw = random.seededRandom(i + 1);
    // Both know nearly the same.
    const rows = Array.from({ length: 300 }, () => {
      const first = 6 * draw() - 3;
      const second = first + draw() - 0.5;
      const label = draw() < sigmoid(first + second) ? 1 : 0;
      return { label, probabilities: [sigmoid(-first), sigmoid(first)], opinion: [-second, second] };
    });
    return [fitShare(rows, 'sigmoid', { lean: true }), fitShare(rows, 'sigmoid')];
  });
  assert.ok(leant.every(([more, best]) => more >= best) && leant.some(([more, best]) => more > best), leant.join('; '));
});

test('fitShare judges a softmax of three classes', () => {
  const draw = random.seededRandom(4);
  const rows = Array.from({ length: 300 }, () => {
    const label = Math.floor(3 * draw());
    // The model tells class 0 from the others, the second opinion class 1 from class 2.
    const probabilities = label === 0 ? [0.8, 0.1, 0.1] : [0.1, 0.45, 0.45];
    return { label, probabilities, opinion: [0, label === 1 ? 2 : 0, label === 2 ? 2 : 0] };
  });
  assert.ok(fitShare(rows, 'softmax') >= 1);
});

test('fitShare lets a second opinion count most where the model knows nothing', () => {
  assert.equal(fitShare(madeUp(300, [0, 1]), 'sigmoid'), 8);
});

test('blendLogits refuses opinions on other classes, and fitShare no photos', () => {
  assert.throws(
    () => blendLogits([0.5, 0.5], 'sigmoid', [3], 2),
    /found 2 outputs and 1 logits of the other classifier/,
  );
  assert.throws(() => fitShare([], 'sigmoid'), /^InputError: rows: found 0/);
});
