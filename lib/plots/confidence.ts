/** How sure the model was, right and wrong answers apart. */

import type { ChartSpec } from './chart-spec';
import { tip } from './encodings';
import { COLORS, countText, themed } from './theme';

/** One prediction. */
export interface ConfidenceRow {
  /** Output of the class that was predicted, 0 to 1; calibrated or not. */
  probability: number;
  /** Whether the predicted class is the label. */
  correct: boolean;
}

/** What is written around the histogram. */
export interface ConfidenceOptions {
  /** Default `How sure the model was`. */
  title?: string;
  /** Default n, and how many are wrong. */
  subtitle?: string;
}

// Of 5 percentage points each: the axis begins at a multiple of 10, so at a bin's edge.
const BINS = 20;

/**
 * Two histograms with the same axis below each other: right answers, wrong answers.
 * Each has its own scale of counts: of a good model, the wrong ones would vanish beside the right ones.
 * @param rows one per photo; bins nobody falls into are left out
 * @returns    a Vega-Lite 5 specification
 */
export function confidence(rows: readonly ConfidenceRow[], options: ConfidenceOptions = {}): ChartSpec {
  const wrong = rows.filter((row) => !row.correct).length;
  const {
    title = 'How sure the model was',
    subtitle = `n = ${countText(rows.length)} pictures, ${countText(wrong)} of them wrong`,
  } = options;
  // Two-class answers never fall below a half where probabilities sum to 1; with two sigmoids they may.
  // Not spread into Math.min, as there may be more rows than a call takes arguments.
  const lowest = rows.reduce((least, row) => Math.min(least, row.probability), 1);
  const from = Math.min(0.5, Math.floor(lowest * 10) / 10);
  const panels = [
    { name: 'right', color: COLORS.blue, values: binsOf(rows, true) },
    { name: 'wrong', color: COLORS.vermilion, values: binsOf(rows, false) },
  ];
  const vconcat = panels.map((panel, i) => histogram(panel, from, i === panels.length - 1));
  return themed({ title: { text: title, subtitle }, spacing: 18, vconcat });
}

interface Bin {
  from: number;
  to: number;
  count: number;
}

function binsOf(rows: readonly ConfidenceRow[], correct: boolean): Bin[] {
  const counts = new Array<number>(BINS).fill(0);
  for (const row of rows) {
    // Just above the edge, as 0.15 * 20 is just below 3.
    if (row.correct === correct) counts[Math.min(BINS - 1, Math.floor(row.probability * BINS + 1e-9))]++;
  }
  const bins = counts.map((count, bin) => ({ from: bin / BINS, to: (bin + 1) / BINS, count }));
  return bins.filter(({ count }) => count > 0);
}

function histogram(panel: { name: string; color: string; values: Bin[] }, from: number, last: boolean): ChartSpec {
  const { name, color, values } = panel;
  const x = {
    field: 'from',
    type: 'quantitative',
    title: last ? 'output of the predicted class' : null,
    scale: { domain: [from, 1], nice: false },
    axis: { format: '.0%', labels: last, grid: false, tickCount: 5 },
  };
  const y = {
    field: 'count',
    type: 'quantitative',
    title: `pictures ${name}`,
    scale: { domain: [0, Math.max(4, ...values.map((row) => row.count))], nice: true },
    axis: { format: ',d', tickCount: 4, tickMinStep: 1 },
  };
  const tooltip = [tip('from', '.0%'), tip('to', '.0%'), tip('count', ',d', `pictures ${name}`)];
  return {
    width: 480,
    height: 110,
    data: { values },
    mark: { type: 'bar', color, stroke: 'white', strokeWidth: 1 },
    encoding: { x, x2: { field: 'to' }, y, y2: { datum: 0 }, tooltip },
  };
}
