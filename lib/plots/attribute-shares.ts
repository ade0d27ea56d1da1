/** How often each attribute is given, as bars, the learned one in its own colour. */

import type { ChartSpec } from './chart-spec';
import { nameAxis, tip, UNSTACKED } from './encodings';
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
  const subtitle = photoCount === undefined ? undefined : `n = ${countText(photoCount)} pictures`;
  const names = rows.map((row) => row.attribute);
  const scale = { domain: [0, 100] };
  const x = { field: 'percent', type: 'quantitative', title: 'pictures with it, %', scale, ...UNSTACKED };
  const y = nameAxis('attribute', names);
  const color = { condition: { test: 'datum.learned', value: COLORS.vermilion }, value: COLORS.blue };
  const tooltip = [tip('attribute'), tip('percent', '.1f', 'pictures, %')];
  const text = { field: 'percent', format: '.1f' };
  return themed({
    title: { text: title, subtitle },
    data: { values: rows },
    height: { step: 17 },
    width: 420,
    encoding: { x, y },
    layer: [
      { mark: { type: 'bar', height: { band: 0.7 } }, encoding: { color, tooltip } },
      { mark: { type: 'text', align: 'left', dx: 4, fontSize: 10.5 }, encoding: { text } },
    ],
  });
}
