/** Accuracy of several classifiers on the same photos, each with its interval. */

import type { ChartSpec } from './chart-spec';
import { nameAxis, tip } from './encodings';
import { COLORS, countText, themed } from './theme';

/** One classifier. */
export interface AccuracyRow {
  /** What it is, such as `nearest mean`. */
  name: string;
  /** Share of photos classified correctly, 0 to 1. */
  accuracy: number;
  /** Lower end of the 95 % interval, 0 to 1. */
  low: number;
  /** Upper end, 0 to 1. */
  high: number;
  /** Photos it was tested on. */
  n: number;
}

/** What is written around the dots. */
export interface AccuracyIntervalOptions {
  /** Default `Test accuracy with 95 % intervals`. */
  title?: string;
  /** Default how many photos each was tested on. */
  subtitle?: string;
}

/**
 * A dot with a line for each classifier, in the order of the rows, and its figures in words.
 * @param rows at least 1
 * @returns    a Vega-Lite 5 specification
 * @example    accuracyInterval([{ name: 'VGG16, fine-tuned', accuracy: 0.982, low: 0.972, high: 0.989, n: 1000 }])
 */
export function accuracyInterval(rows: readonly AccuracyRow[], options: AccuracyIntervalOptions = {}): ChartSpec {
  const counts = rows.map((row) => row.n);
  const range = [...new Set([Math.min(...counts), Math.max(...counts)])].map(countText).join(' to ');
  const { title = 'Test accuracy with 95 % intervals', subtitle = `n = ${range} pictures` } = options;
  const values = rows.map((row) => ({ ...row, text: figuresOf(row) }));
  const lowest = Math.min(0.5, ...rows.map((row) => Math.floor(row.low * 10) / 10));
  const axis = { format: '.0%', tickCount: 6 };
  const scale = { domain: [lowest, 1], nice: false };
  const x = { field: 'accuracy', type: 'quantitative', title: 'test accuracy (share correct)', scale, axis };
  const interval = { x: { ...x, field: 'low' }, x2: { field: 'high' } };
  const tooltip = [
    tip('name'),
    ...['accuracy', 'low', 'high'].map((name) => tip(name, '.2%')),
    tip('n', ',d', 'pictures'),
  ];
  return themed({
    title: { text: title, subtitle },
    width: 440,
    height: { step: 52 },
    data: { values },
    encoding: {
      y: nameAxis(
        'name',
        rows.map((row) => row.name),
      ),
    },
    layer: [
      { mark: { type: 'rule', strokeWidth: 3, color: COLORS.blue }, encoding: interval },
      { mark: { type: 'point', filled: true, size: 110, opacity: 1, color: COLORS.blue }, encoding: { x, tooltip } },
      // Right-aligned at the axis's end, above the line: it then runs into nothing, however high the accuracy.
      { mark: { type: 'text', align: 'right', dy: -15 }, encoding: { x: { datum: 1 }, text: { field: 'text' } } },
    ],
  });
}

function figuresOf({ accuracy, low, high }: AccuracyRow): string {
  const [middle, from, to] = [accuracy, low, high].map((share) => (100 * share).toFixed(1));
  return `${middle} % (${from} to ${to})`;
}
