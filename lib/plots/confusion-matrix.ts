/** Which class was taken for which: a heat map with counts and the share of each row. */

import { InputError } from '../errors';
import type { ChartSpec } from './chart-spec';
import { inOrder, tip } from './encodings';
import { textWidth } from './text-width';
import { COLORS, countText, themed } from './theme';

/** Counts of labels against predictions. */
export interface ConfusionCounts {
  /** Names of the classes, in the order of rows and columns. */
  classNames: readonly string[];
  /** `counts[label][predicted]`: photos with that label and that prediction. */
  counts: readonly (readonly number[])[];
}

// More cells than these have no room for what is written in them.
const MOST_WITH_SHARES = 8;
const MOST_WITH_COUNTS = 25;
// Of all columns together where there are many classes, in pixels.
const WIDEST = 900;
const SMALL_CELL = 20;

/** What is written around the matrix. */
export interface ConfusionMatrixOptions {
  /** Default `Labels and predictions`. */
  title?: string;
  /** Default n and the share of photos classified correctly. */
  subtitle?: string;
}

/**
 * A square of cells: a row for each label, a column for each predicted class. Many classes have small cells: without the
 * share from nine classes on, without the count from 26 on, where colour and tooltip remain.
 * @param matrix counts by label and prediction
 * @returns      a Vega-Lite 5 specification
 * @throws       InputError where the counts aren't a square with a row for each class
 * @example      confusionMatrix({ classNames: ['Not male', 'Male'], counts: [[489, 11], [7, 493]] })
 */
export function confusionMatrix(matrix: ConfusionCounts, options: ConfusionMatrixOptions = {}): ChartSpec {
  checkSquare(matrix);
  const { classNames } = matrix;
  const { title = 'Labels and predictions', subtitle = summaryOf(matrix) } = options;
  const { step, height, labels, texts } = sizesFor(classNames);
  const axis = { labelPadding: 6, ticks: false, domain: false };
  const above = { ...axis, ...labels, orient: 'top' };
  const x = { ...inOrder('predicted', classNames), title: 'predicted', axis: above };
  const beside = { ...axis, labelLimit: labels.labelLimit };
  const y = { ...inOrder('label', classNames), title: 'labelled', axis: beside };
  const scale = { domain: [0, 1], range: ['#f4f8fb', COLORS.blue] };
  const color = { field: 'share', type: 'quantitative', scale, legend: null };
  const ink = { condition: { test: 'datum.share > 0.55', value: 'white' }, value: COLORS.ink };
  const counts = [tip('count', ',d', 'pictures'), tip('share', '.1%', 'share of the row')];
  const tooltip = [tip('label', undefined, 'labelled'), tip('predicted'), ...counts];
  return themed({
    title: { text: title, subtitle },
    width: { step },
    height: { step: height },
    data: { values: cellsOf(matrix) },
    encoding: { x, y },
    layer: [
      { mark: { type: 'rect', stroke: 'white', strokeWidth: step < SMALL_CELL ? 1 : 3 }, encoding: { color, tooltip } },
      ...texts.map(({ field, format, ...look }) => ({
        mark: { type: 'text', ...look },
        encoding: { text: { field, format }, color: ink },
      })),
    ],
  });
}

interface CellText {
  field: 'count' | 'note';
  format?: string;
  fontSize?: number;
  fontWeight?: string;
  dy?: number;
}

/** Cells in pixels, how names lie beside them, and what is written in them. */
function sizesFor(classNames: readonly string[]) {
  const n = classNames.length;
  if (n > MOST_WITH_SHARES) {
    const step = Math.max(4, Math.min(60, Math.floor(WIDEST / n)));
    const count: CellText = { field: 'count', format: ',d', fontSize: 11 };
    const labels = { labelAngle: -90, labelLimit: 120, labelOverlap: true };
    return { step, height: step, labels, texts: n > MOST_WITH_COUNTS ? [] : [count] };
  }
  const step = Math.max(130, ...classNames.map((name) => Math.min(260, textWidth(name, 12) + 16)));
  const count: CellText = { field: 'count', format: ',d', fontSize: 20, fontWeight: 'bold', dy: -8 };
  const labels = { labelAngle: 0, labelLimit: step };
  return { step, height: 90, labels, texts: [count, { field: 'note', dy: 15 } as CellText] };
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
