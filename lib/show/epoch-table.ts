/** The epochs of a training as a table, the best one ticked. */

import type { EpochLog } from '../plots';
import { bestEpochOf } from '../plots/training-curves';
import type { Bundle } from './kernel';
import { tableBundle, type Cell } from './table';

// Timings change from run to run, so a notebook that is kept doesn't show them.
const LEFT_OUT = ['epoch', 'seconds', 'learningRate'];

/**
 * A row per epoch: what was logged, with four decimals, and a tick at the lowest validation loss.
 * Leaves out the learning rate and the seconds.
 * @param rows at least 1
 */
export function epochTable(rows: readonly EpochLog[]): Bundle {
  const logged = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const metrics = logged.filter((name) => !LEFT_OUT.includes(name));
  const best = bestEpochOf(rows);
  const fixed = (value: Cell): string => (typeof value === 'number' ? value.toFixed(4) : '');
  return tableBundle(
    rows.map((row) => ({ ...row, best: row.epoch === best ? '✓' : '' })),
    {
      columns: ['epoch', ...metrics, ...(best !== undefined ? ['best'] : [])],
      align: { best: 'center' },
      format: Object.fromEntries(metrics.map((name) => [name, fixed])),
      maxRows: rows.length,
    },
  );
}
