/** The epochs of a training as a table, the best one ticked. */

import type { EpochLog } from '../plots';
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
  const losses = rows.map((row) => row.val_loss ?? NaN);
  const best = losses.indexOf(Math.min(...losses.filter(Number.isFinite)));
  const fixed = (value: Cell): string => (typeof value === 'number' ? value.toFixed(4) : '');
  return tableBundle(
    rows.map((row, i) => ({ ...row, best: i === best ? '✓' : '' })),
    {
      columns: ['epoch', ...metrics, ...(best >= 0 ? ['best'] : [])],
      align: { best: 'center' },
      format: Object.fromEntries(metrics.map((name) => [name, fixed])),
      maxRows: rows.length,
    },
  );
}
