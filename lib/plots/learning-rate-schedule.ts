/** The learning rate at each step of a training, a line for each group of layers. */

import type { ChartSpec } from './chart-spec';
import { tip } from './encodings';
import { CLASS_COLORS, countText, themed } from './theme';

/** The rate of one group at one step. */
export interface ScheduledRate {
  /** Counted from 1 over the whole training. */
  step: number;
  /** The layers it is for, such as `head`. */
  layers: string;
  learningRate: number;
}

/** What is written beside the lines. */
export interface LearningRateScheduleOptions {
  /** Default `Learning rate by step`. */
  title?: string;
}

// More points than this show no more on 560 pixels.
const MAX_POINTS = 280;

/**
 * A line for each group, in the order in which groups first appear.
 * @param rates of every step and group; long trainings are thinned evenly
 * @returns     a Vega-Lite 5 specification
 */
export function learningRateSchedule(
  rates: readonly ScheduledRate[],
  { title = 'Learning rate by step' }: LearningRateScheduleOptions = {},
): ChartSpec {
  const groups = [...new Set(rates.map(({ layers }) => layers))];
  // Not spread into Math.max: all of CelebA has more rates than a call takes arguments.
  const steps = rates.reduce((most, { step }) => Math.max(most, step), 1);
  const every = Math.max(1, Math.ceil(steps / MAX_POINTS));
  const values = rates.filter(({ step }) => step % every === 1 % every || step === steps);
  const x = {
    field: 'step',
    type: 'quantitative',
    title: 'step',
    scale: { nice: false },
    axis: { format: ',d', grid: false },
  };
  const y = {
    field: 'learningRate',
    type: 'quantitative',
    title: 'learning rate',
    axis: { labelExpr: "datum.value === 0 ? '0' : format(datum.value, '.0e')", tickCount: 5 },
  };
  const legend = { title: null, orient: 'bottom', offset: 12 };
  const color = { field: 'layers', type: 'nominal', legend, scale: { domain: groups, range: CLASS_COLORS } };
  return themed({
    title: { text: title, subtitle: `n = ${countText(steps)} steps` },
    width: 560,
    height: 200,
    data: { values },
    mark: { type: 'line', strokeWidth: 2 },
    encoding: { x, y, color, tooltip: [tip('step', 'd'), tip('layers'), tip('learningRate', '.2e', 'learning rate')] },
  });
}
