/** How often each attribute is given, as bars, the learned one in its own colour. */

import type { ChartSpec } from './chart-spec';
import { COLORS, countText, themed } from './theme';

/** One bar. */
export interface AttributeShareRow {
  /** Name of the attribute. */
  attribute: string;
  /** Photos with it, 0 to 100. */
  percent: number;
  /** Whether it is the one that is learned. */
  learned: boolean;
}

/** What is written around the bars. */
export interface AttributeSharesOptions {
  /** Photos in all, for the subtitle; default not said. */
  photoCount?: number;
  /** Default `How often each attribute is given`. */
  title?: string;
}

/**
 * A bar for each attribute, in the order of the rows.
 * @param rows one per attribute, at least 1
 * @returns    a Vega-Lite 5 specification
 * @example    attributeShares([{ attribute: 'Male', percent: 41.7, learned: true }])
 */
export function attributeShares(rows: readonly AttributeShareRow[], options: AttributeSharesOptions = {}): ChartSpec {
  const { photoCount, title = 'How often each attribute is given' } = options;
  const subtitle = photoCount === undefined ? undefined : `n = ${countText(photoCount)} photos`;
  const y = {
    field: 'attribute',
    type: 'nominal',
    title: null,
    sort: rows.map((row) => row.attribute),
    axis: { ticks: false, domain: false, labelPadding: 6, labelFontSize: 11 },
  };
  const x = { field: 'percent', type: 'quantitative', title: 'photos with it, %', scale: { domain: [0, 100] } };
  const color = { condition: { test: 'datum.learned', value: COLORS.orange }, value: COLORS.blue };
  const tooltip = [{ field: 'attribute' }, { field: 'percent', title: 'photos, %', format: '.1f' }];
  return themed({
    title: { text: title, subtitle },
    data: { values: rows },
    height: { step: 14 },
    width: 420,
    mark: { type: 'bar', height: 10 },
    encoding: { y, x, color, tooltip },
  });
}
