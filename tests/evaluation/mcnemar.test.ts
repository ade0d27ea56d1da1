import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluation } from 'celeba-lab';

const { comparePaired, exactMcNemar } = evaluation;

function close(found: number, wanted: number): void {
  assert.ok(Math.abs(found - wanted) < 5e-5 * Math.max(1, Math.abs(wanted)), `${found}, expected ${wanted}`);
}

/** Labels and answers that give the four counts. */
function answers(both: number, onlyFirst: number, onlySecond: number, neither: number): [number[], number[], number[]] {
  const rows = [
    ...new Array<[number, number]>(both).fill([1, 1]),
    ...new Array<[number, number]>(onlyFirst).fill([1, 0]),
    ...new Array<[number, number]>(onlySecond).fill([0, 1]),
    ...new Array<[number, number]>(neither).fill([0, 0]),
  ];
  return [rows.map(() => 1), rows.map(([first]) => first), rows.map(([, second]) => second)];
}

// Binomial sums, by Python's whole numbers.
test('exactMcNemar gives the two-sided binomial probability', () => {
  close(exactMcNemar(1, 9), 0.021484375);
  close(exactMcNemar(6, 0), 0.03125);
  close(exactMcNemar(59, 86), 0.030481814649487633);
});

test('exactMcNemar is 1 where the models differ on no photo, or evenly', () => {
  assert.deepEqual([exactMcNemar(0, 0), exactMcNemar(5, 5)], [1, 1]);
});

test('exactMcNemar is sound for thousands of photos', () => {
  assert.ok(Math.abs(exactMcNemar(700, 900) / 6.319484959450139e-7 - 1) < 1e-6);
});

// Newcombe 1998, example of 50 pairs, method 10: -0.2 with 0.0569 to 0.3404 the other way round.
test('comparePaired counts the photos that tell two models apart, with the interval of the published example', () => {
  const compared = comparePaired(...answers(36, 12, 2, 0));
  assert.deepEqual([compared.n, compared.onlyFirst, compared.onlySecond], [50, 12, 2]);
  close(compared.difference, -0.2);
  close(compared.interval[0], -0.34041);
  close(compared.interval[1], -0.05693);
});

test('comparePaired of two equal models finds no difference', () => {
  const { difference, pValue, interval } = comparePaired(...answers(9, 0, 0, 1));
  assert.deepEqual([difference, pValue], [0, 1]);
  assert.ok(interval[0] <= 0 && interval[1] >= 0);
});

// D. G. Altman et al., Statistics with confidence, 2nd edition, page 52: 14, 5, 0 and 22 pairs; the other way round.
test('comparePaired corrects the correlation of models that mostly agree, as in the published example', () => {
  const { interval } = comparePaired(...answers(14, 5, 0, 22));
  close(interval[0], -0.2265);
  close(interval[1], -0.0115);
});

test('comparePaired of two models that agree everywhere on few photos is less sure than on many that there is no difference', () => {
  const widths = [2, 10, 100, 2000].map((n) => {
    const [low, high] = comparePaired(...answers(n / 2, 0, 0, n / 2)).interval;
    assert.ok(low < 0 && high > 0, `${n}: ${low} to ${high}`);
    return high - low;
  });
  widths.slice(1).forEach((width, i) => assert.ok(width < widths[i], widths.join(', ')));
});

test('comparePaired of two models that are right, or wrong, on all photos has an interval, too', () => {
  for (const counts of [answers(10, 0, 0, 0), answers(0, 0, 0, 10)]) {
    const { interval } = comparePaired(...counts);
    // 1 less Wilson's lower bound of 10 right out of 10.
    close(interval[0], -0.27753);
    close(interval[1], 0.27753);
  }
});

test('comparePaired refuses answers to other photos', () => {
  assert.throws(
    () => comparePaired([1, 0], [1], [1, 0]),
    /^InputError: comparePaired: found 2 labels, 1 and 2 answers/,
  );
});

test('exactMcNemar refuses what counts no photos', () => {
  for (const count of [NaN, -1, 0.5]) {
    assert.throws(() => evaluation.exactMcNemar(count, 9), /^InputError: onlyFirst: found /);
    assert.throws(() => evaluation.exactMcNemar(9, count), /^InputError: onlySecond: found /);
  }
});
