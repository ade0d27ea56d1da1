/** Loss by learning rate, from a learning-rate range test, with the rate that it suggests. */

import type { ChartSpec } from './chart-spec';
import { tip } from './encodings';
import { COLORS, countText, themed } from './theme';

// A factor: a dot's radius on a logarithmic axis of this width.
const BEYOND = 1.15;

/** One step of the test. */
export interface RateLoss {
  /** Above 0. */
  learningRate: number;
  /** Loss of its batch. */
  loss: number;
  /** Moving average of the losses so far. */
  smoothedLoss: number;
}

/** What is marked and written. */
export interface LearningRateRangeOptions {
  /** The rate to mark; default none. */
  suggestion?: number;
  /** Default `Loss by learning rate`. */
  title?: string;
}

/**
 * Each step as a faint dot and the smoothed loss as a line, over rates on a logarithmic axis.
 * @param trials in the order of the test; losses above twice the line's highest point are cut off
 * @returns      a Vega-Lite 5 specification
 */
export function learningRateRange(trials: readonly RateLoss[], options: LearningRateRangeOptions = {}): ChartSpec {
  const { suggestion, title = 'Loss by learning rate' } = options;
  const line = Math.max(0.1, ...trials.map(({ smoothedLoss }) => smoothedLoss));
  // A loss that ran away would press all others to the ground.
  const shown = trials.map(({ loss }) => loss).filter((loss) => loss <= 2 * line);
  const cut = shown.length < trials.length ? '; larger losses not shown' : '';
  const steps = `n = ${countText(trials.length)} steps, each at a larger rate; line: smoothed${cut}`;
  const subtitle = suggestion === undefined ? steps : `${steps}; dashed: ${suggestion.toPrecision(2)}, the suggestion`;
  const highest = Math.max(line, ...shown);
  const scale = { domain: [0, 1.1 * highest], nice: false };
  const x = {
    field: 'learningRate',
    type: 'quantitative',
    title: 'learning rate (logarithmic)',
    scale: { type: 'log', nice: false, domain: roundDots(trials) },
    axis: { format: '.0e', grid: false, tickCount: 6, labelOverlap: true },
  };
  const y = { type: 'quantitative', title: 'loss (cross-entropy)', scale, axis: { tickCount: 6 } };
  const tooltip = [
    tip('learningRate', '.2e', 'learning rate'),
    tip('loss', '.4f'),
    tip('smoothedLoss', '.4f', 'smoothed'),
  ];
  const rule = { type: 'rule', strokeDash: [5, 4], strokeWidth: 2, color: COLORS.vermilion };
  return themed({
    title: { text: title, subtitle },
    width: 560,
    height: 230,
    data: { values: trials.map(({ learningRate, loss, smoothedLoss }) => ({ learningRate, loss, smoothedLoss })) },
    encoding: { x },
    layer: [
      {
        mark: { type: 'point', filled: true, size: 30, opacity: 0.8, color: COLORS.gray, clip: true },
        encoding: { y: { ...y, field: 'loss' }, tooltip },
      },
      { mark: { type: 'line', strokeWidth: 2, color: COLORS.blue }, encoding: { y: { ...y, field: 'smoothedLoss' } } },
      { data: { values: suggestion === undefined ? [] : [{ learningRate: suggestion }] }, mark: rule },
    ],
  });
}

/** From the lowest rate to the highest, and so far beyond that their dots aren't cut in half. */
function roundDots(trials: readonly RateLoss[]): [number, number] {
  const rates = trials.map(({ learningRate }) => learningRate);
  return [Math.min(...rates) / BEYOND, Math.max(...rates) * BEYOND];
}
