import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluation, random } from 'celeba-lab';

const { blendOutputs, fitShare } = evaluation;

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));

function near(actual: number[], expected: number[], within = 1e-6): void {
  actual.forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]) < within, `${actual.join()} is not ${expected.join()}`),
  );
}

test('blendOutputs adds the opinion, less its mean and times its share, to the logits of sigmoid units', () => {
  const outputs = [sigmoid(-1), sigmoid(2)];
  near(blendOutputs(outputs, 'sigmoid', [4, 0], 0.5), [sigmoid(-1 + 1), sigmoid(2 - 1)]);
  near(blendOutputs(outputs, 'sigmoid', [104, 100], 0.5), [sigmoid(-1 + 1), sigmoid(2 - 1)]);
});

test('blendOutputs of softmax units multiplies probabilities, and they add up to 1', () => {
  const [a, b, c] = [0.2 * 0.7, 0.3 * 0.2, 0.5 * 0.1];
  const blended = blendOutputs([0.2, 0.3, 0.5], 'softmax', [Math.log(0.7), Math.log(0.2), Math.log(0.1)], 1);
  near(
    blended,
    [a, b, c].map((product) => product / (a + b + c)),
  );
});

test('blendOutputs with a share of 0 gives the outputs back', () => {
  near(blendOutputs([0.1, 0.8], 'sigmoid', [9, -9], 0), [0.1, 0.8]);
  near(blendOutputs([0.3, 0.7], 'softmax', [9, -9], 0), [0.3, 0.7]);
});

/** Labels drawn with the probability that logits give which two know: `weights` say how much of what each knows counts. */
function madeUp(count: number, weights: [first: number, second: number]) {
  const draw = random.seededRandom(3);
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

test('leaning, fitShare lets a second opinion count the more, the fewer photos contradict', () => {
  const [few, many] = [20, 4000].map((count) => fitShare(madeUp(count, [1, 1]), 'sigmoid', { lean: true }));
  assert.ok(few > many, `${few} and ${many}`);
});

test('fitShare lets a second opinion count most where the model knows nothing', () => {
  assert.equal(fitShare(madeUp(300, [0, 1]), 'sigmoid'), 8);
});
