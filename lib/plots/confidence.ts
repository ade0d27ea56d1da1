/** How sure the model was, right and wrong answers apart. */

import type { ChartSpec } from './chart-spec';
import { COLORS, countText, themed } from './theme';

/** One prediction. */
export interface ConfidenceRow {
  /** Of the class that was predicted, 0 to 1. */
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
  /** Number of bins between 0 and 1, at least 2; default 20. */
  binCount?: number;
}

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
    subtitle = `n = ${countText(rows.length)} photos, ${countText(wrong)} of them wrong`,
    binCount = 20,
  } = options;
  // From where the first answer lies: two-class answers never fall below a half when probabilities sum to 1.
  const from = Math.min(0.5, Math.floor(Math.min(1, ...rows.map((row) => row.probability)) * 10) / 10);
  const look = { binCount, from };
  return themed({
    title: { text: title, subtitle },
    spacing: 18,
    vconcat: [
      histogram(
        rows.filter((row) => row.correct),
        'right',
        COLORS.blue,
        look,
      ),
      histogram(
        rows.filter((row) => !row.correct),
        'wrong',
        COLORS.vermilion,
        look,
      ),
    ],
  });
}

function histogram(
  rows: readonly ConfidenceRow[],
  name: string,
  color: string,
  { binCount, from }: { binCount: number; from: number },
): ChartSpec {
  const counts = new Map<number, number>();
  for (const { probability } of rows) {
    const bin = Math.min(binCount - 1, Math.floor(probability * binCount + 1e-9));
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const bins = [...counts].sort(([a], [b]) => a - b);
  const values = bins.map(([bin, count]) => ({ from: bin / binCount, to: (bin + 1) / binCount, count }));
  const last = name === 'wrong';
  const x = {
    field: 'from',
    type: 'quantitative',
    title: last ? 'probability of the predicted class' : null,
    scale: { domain: [from, 1], nice: false },
    axis: { format: '.0%', labels: last, grid: false, tickCount: 5 },
  };
  const domain = [0, Math.max(4, ...values.map((row) => row.count))];
  const y = {
    field: 'count',
    type: 'quantitative',
    title: `photos ${name}`,
    scale: { domain, nice: true },
    axis: { format: ',d', tickCount: 4, tickMinStep: 1 },
  };
  const tooltip = [
    { field: 'from', type: 'quantitative', format: '.0%' },
    { field: 'to', type: 'quantitative', format: '.0%' },
    { field: 'count', type: 'quantitative', title: `photos ${name}`, format: ',d' },
  ];
  return {
    width: 480,
    height: 110,
    data: { values },
    mark: { type: 'bar', color, stroke: 'white', strokeWidth: 1 },
    encoding: { x, x2: { field: 'to' }, y, y2: { datum: 0 }, tooltip },
  };
}
