import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resultLine } from '../../../scripts/start/result-line';

test('resultLine gives accuracy, interval and count, and calls drawings drawings', () => {
  const report = {
    test: { n: 120, accuracy: 0.975, interval: [0.9302, 0.9914] as [number, number] },
    testedAt: '2026',
  };
  assert.equal(resultLine(report, true), 'Test accuracy 97.5 % (95 % interval 93.0 to 99.1 %, 120 drawings)');
  assert.match(resultLine(report, false), /120 photos\)$/);
});

test('resultLine speaks of one drawing in the singular', () => {
  assert.match(
    resultLine({ test: { n: 1, accuracy: 1, interval: [0.2, 1] }, testedAt: '2026' }, true),
    /, 1 drawing\)$/,
  );
});

test('resultLine says so where no accuracy was written, or none since', () => {
  const test = { n: 1, accuracy: 1, interval: [0.2, 1] as [number, number] };
  assert.match(resultLine({}, true), /^No test accuracy/);
  assert.match(resultLine({ test }, true), /^No test accuracy/);
  assert.match(resultLine({ test, testedAt: '2026' }, true, '2026'), /^No test accuracy/);
  assert.match(resultLine({ test, testedAt: '2026' }, true, '2025'), /^Test accuracy/);
});
