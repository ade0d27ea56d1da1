import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBytes, ProgressBar } from '../../../scripts/progress/progress-bar';

/** A bar with a clock of its own, and what it wrote. */
function barOn(terminal: boolean, unit: string, total: number) {
  const clock = { ms: 0 };
  const written: string[] = [];
  const output = { isTTY: terminal, columns: 60, write: (text: string) => written.push(text) };
  return { clock, written, bar: new ProgressBar({ unit, total, output, now: () => clock.ms }) };
}

test('ProgressBar on a terminal redraws one line with share, amount, rate and time left, cut to its width', () => {
  const { clock, written, bar } = barOn(true, 'bytes', 4e6);
  bar.update(0, 'a.zip');
  clock.ms = 2000;
  bar.update(1e6, 'a.zip');
  assert.equal(written[1], '\r\u001b[K[######------------------]  25 %  1.0 MB of 4.0 MB  500 kB/');
  bar.say('a note');
  bar.end();
  assert.deepEqual(written.slice(2), ['\r\u001b[Ka note\n']);
});

test('ProgressBar draws no more often than five times a second on a terminal', () => {
  const { clock, written, bar } = barOn(true, 'photos', 1000);
  for (; clock.ms < 1000; clock.ms += 10) bar.update(clock.ms);
  assert.equal(written.length, 5);
});

test('ProgressBar elsewhere writes a line for each tenth, and one every half minute', () => {
  const { clock, written, bar } = barOn(false, 'photos', 1000);
  for (let done = 0; done <= 1000; done += 10) {
    clock.ms += done < 100 ? 20_000 : 10;
    bar.update(done);
  }
  assert.match(written[0], /^0 % {2}0 of 1,000 photos\n$/);
  assert.match(written[written.length - 1], /^100 % {2}1,000 of 1,000 photos {2}\d/);
  assert.equal(written.length, 15);
});

test('ProgressBar gives the rate of the last seconds, not of all', () => {
  const { clock, written, bar } = barOn(false, 'photos', 100);
  for (const [ms, done] of [
    [0, 0],
    [1000, 50],
    [20_000, 51],
    [31_000, 62],
  ]) {
    clock.ms = ms;
    bar.update(done);
  }
  assert.match(written[written.length - 1], /62 of 100 photos {2}1\.0\/s {2}38 s left/);
});

test('formatBytes gives two digits or so', () => {
  assert.deepEqual([0, 999, 20_500, 5_200_000, 1443490838, 11.8e9].map(formatBytes), [
    '0 bytes',
    '999 bytes',
    '21 kB',
    '5.2 MB',
    '1.4 GB',
    '11.8 GB',
  ]);
});
