/** The last line of a run: what the model reached on the test photos. */

import type { Report } from 'celeba-lab/dist/project';
import { percent } from '../percent';

/**
 * @param report   as far as it is filled in
 * @param drawn    whether the dataset is the sample set, whose photos are drawings
 * @param testedAt what the report said of that before the run: the same says that this run has tested nothing
 * @returns        one line
 * @example        resultLine({ test: { n: 120, accuracy: 0.975, interval: [0.93, 0.991] }, testedAt: '2026-01-01' }, true)
 *               // 'Test accuracy 97.5 % (95 % interval 93.0 to 99.1 %, 120 drawings)'
 */
export function resultLine(report: Partial<Report>, drawn: boolean, testedAt?: string): string {
  const { test } = report;
  if (!test || report.testedAt === testedAt)
    return 'No test accuracy: no notebook of this run has written one to the report.';
  const [low, high] = test.interval.map((share) => (100 * share).toFixed(1));
  const photos = `${test.n.toLocaleString('en-US')} ${drawn ? 'drawing' : 'photo'}${test.n === 1 ? '' : 's'}`;
  return `Test accuracy ${percent(test.accuracy)} (95 % interval ${low} to ${high} %, ${photos})`;
}
