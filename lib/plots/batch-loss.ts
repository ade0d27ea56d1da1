/** Loss of each batch within the training. */

import type { ChartSpec } from './chart-spec';
import { COLORS, countText, themed } from './theme';

/** One training step. */
export interface BatchLoss {
  /** Counted from 1 over the whole training. */
  batch: number;
  /** Loss on that batch alone. */
  loss: number;
}

/** What is drawn and written beside the loss. */
export interface BatchLossOptions {
  /** Default `Training loss by batch`. */
  title?: string;
  /** Default the number of batches, and what the line is. */
  subtitle?: string;
  /** Batches in the running mean, at least 1; default a twentieth of all, at least 5. */
  window?: number;
}

// More dots than this only make the notebook's file longer.
const MAX_DOTS = 400;

/**
 * Each batch as a faint dot, and their running mean as a line.
 * @param rows in order; above 400, the dots are thinned evenly and the mean still uses all
 * @returns    a Vega-Lite 5 specification
 */
export function batchLoss(rows: readonly BatchLoss[], options: BatchLossOptions = {}): ChartSpec {
  const window = options.window ?? Math.max(5, Math.round(rows.length / 20));
  const {
    title = 'Training loss by batch',
    subtitle = `n = ${countText(rows.length)} batches; line: mean of the last ${window}`,
  } = options;
  const step = Math.max(1, Math.ceil(rows.length / MAX_DOTS));
  const means = runningMeans(rows, window);
  const values = rows
    .map(({ batch, loss }, i) => ({ batch, loss: round(loss), mean: round(means[i]) }))
    .filter((_, i) => i % step === step - 1 || i === rows.length - 1);
  const x = {
    field: 'batch',
    type: 'quantitative',
    title: 'batch',
    axis: { format: ',d', grid: false, tickMinStep: 1 },
    scale: { nice: false },
  };
  const y = { type: 'quantitative', title: 'loss (cross-entropy)', axis: { tickCount: 6 } };
  return themed({
    title: { text: title, subtitle },
    width: 560,
    height: 230,
    data: { values },
    encoding: { x },
    layer: [
      {
        mark: { type: 'point', filled: true, size: 22, opacity: 0.45, color: COLORS.gray },
        encoding: { y: { ...y, field: 'loss' }, tooltip: [{ field: 'batch' }, { field: 'loss', format: '.4f' }] },
      },
      { mark: { type: 'line', strokeWidth: 2, color: COLORS.blue }, encoding: { y: { ...y, field: 'mean' } } },
    ],
  });
}

function runningMeans(rows: readonly BatchLoss[], window: number): number[] {
  let sum = 0;
  return rows.map(({ loss }, i) => {
    sum += loss;
    if (i >= window) sum -= rows[i - window].loss;
    return sum / Math.min(i + 1, window);
  });
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}
