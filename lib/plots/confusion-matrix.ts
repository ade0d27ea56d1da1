/** Which class was taken for which: a heat map with counts and the share of each row. */

import { InputError } from '../errors';
import type { ChartSpec } from './chart-spec';
import { tip } from './encodings';
import { textWidth } from './text-width';
import { COLORS, countText, themed } from './theme';

/** Counts of labels against predictions. */
export interface ConfusionCounts {
  /** Names of the classes, in the order of rows and columns. */
  classNames: readonly string[];
  /** `counts[label][predicted]`: photos with that label and that prediction. */
  counts: readonly (readonly number[])[];
}

/** What is written around the matrix. */
export interface ConfusionMatrixOptions {
  /** Default `Labels and predictions`. */
  title?: string;
  /** Default n and the share of photos classified correctly. */
  subtitle?: string;
}

/**
 * A square of cells: a row for each label, a column for each predicted class.
 * @param matrix counts by label and prediction
 * @returns      a Vega-Lite 5 specification
 * @throws       InputError where the counts aren't a square with a row for each class
 * @example      confusionMatrix({ classNames: ['Not male', 'Male'], counts: [[489, 11], [7, 493]] })
 */
export function confusionMatrix(matrix: ConfusionCounts, options: ConfusionMatrixOptions = {}): ChartSpec {
  checkSquare(matrix);
  const { classNames } = matrix;
  const { title = 'Labels and predictions', subtitle = summaryOf(matrix) } = options;
  const step = Math.max(130, ...classNames.map((name) => Math.min(260, textWidth(name, 12) + 16)));
  const axis = { labelAngle: 0, labelPadding: 6, labelLimit: step, ticks: false, domain: false };
  const names = { type: 'nominal', sort: classNames };
  const x = { ...names, field: 'predicted', title: 'predicted', axis: { ...axis, orient: 'top' } };
  const y = { ...names, field: 'label', title: 'labelled', axis };
  const scale = { domain: [0, 1], range: ['#f4f8fb', COLORS.blue] };
  const color = { field: 'share', type: 'quantitative', scale, legend: null };
  const ink = { condition: { test: 'datum.share > 0.55', value: 'white' }, value: COLORS.ink };
  const counts = [tip('count', ',d', 'pictures'), tip('share', '.1%', 'share of the row')];
  const tooltip = [tip('label', undefined, 'labelled'), tip('predicted'), ...counts];
  const big = { type: 'text', fontSize: 20, fontWeight: 'bold', dy: -8 };
  return themed({
    title: { text: title, subtitle },
    width: { step },
    height: { step: 90 },
    data: { values: cellsOf(matrix) },
    encoding: { x, y },
    layer: [
      { mark: { type: 'rect', stroke: 'white', strokeWidth: 3 }, encoding: { color, tooltip } },
      { mark: big, encoding: { text: { field: 'count', format: ',d' }, color: ink } },
      { mark: { type: 'text', dy: 15 }, encoding: { text: { field: 'note' }, color: ink } },
    ],
  });
}

function summaryOf({ counts }: ConfusionCounts): string {
  const n = counts.flat().reduce((sum, count) => sum + count, 0);
  const right = counts.reduce((sum, row, i) => sum + row[i], 0);
  return `n = ${countText(n)} pictures${n > 0 ? `, ${((100 * right) / n).toFixed(1)} % on the diagonal` : ''}`;
}

function cellsOf({ classNames, counts }: ConfusionCounts): object[] {
  return counts.flatMap((row, i) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, j) => {
      const share = total > 0 ? count / total : 0;
      const note = total > 0 ? `${(100 * share).toFixed(1)} % of row` : '';
      return { label: classNames[i], predicted: classNames[j], count, share, note };
    });
  });
}

function checkSquare({ classNames, counts }: ConfusionCounts): void {
  const n = classNames.length;
  if (counts.length === n && counts.every((row) => row.length === n)) return;
  throw new InputError({
    where: 'confusion matrix',
    found: `rows of ${counts.map((row) => row.length).join(', ')} counts`,
    expected: `${n} rows of ${n}, one for each of ${classNames.join(', ')}`,
    remedy: 'Give counts[label][predicted]',
  });
}
