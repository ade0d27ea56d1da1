/** How many photos each class has, as bars. */

import type { ChartSpec } from './chart-spec';
import { nameAxis, photosAxis, tip, UNSTACKED } from './encodings';
import { CLASS_COLORS, countText, themed } from './theme';

/** One bar. */
export interface ClassCount {
  /** Name of the class. */
  class: string;
  /** Photos in it. */
  count: number;
}

/** What is written around a chart of counts. */
export interface CountsOptions {
  /** Default `Pictures by class`, or by part and class. */
  title?: string;
  /** Default n, the photos in all. */
  subtitle?: string;
}

/**
 * A bar for each class, in the order of the rows, with its count and share written on it.
 * @param rows one per class, at least 1
 * @returns    a Vega-Lite 5 specification
 * @example    classCounts([{ class: 'Male', count: 84434 }, { class: 'Not male', count: 118165 }])
 */
export function classCounts(rows: readonly ClassCount[], options: CountsOptions = {}): ChartSpec {
  const n = rows.reduce((sum, row) => sum + row.count, 0);
  const { title = 'Pictures by class', subtitle = `n = ${countText(n)} pictures` } = options;
  const names = rows.map((row) => row.class);
  const values = rows.map((row) => {
    const share = n > 0 ? row.count / n : 0;
    return {
      class: row.class,
      count: row.count,
      share,
      text: `${countText(row.count)} (${(100 * share).toFixed(1)} %)`,
    };
  });
  // Room to the right of the longest bar for its text.
  const x = { ...photosAxis('count', Math.max(1, ...rows.map((row) => row.count)) * 1.35), ...UNSTACKED };
  const y = nameAxis('class', names);
  const color = { field: 'class', type: 'nominal', scale: { domain: names, range: CLASS_COLORS }, legend: null };
  const tooltip = [tip('class'), tip('count', ',d', 'pictures'), tip('share', '.1%')];
  return themed({
    title: { text: title, subtitle },
    width: 460,
    height: { step: 44 },
    data: { values },
    layer: [
      { mark: { type: 'bar', height: { band: 0.72 } }, encoding: { x, y, color, tooltip } },
      { mark: { type: 'text', align: 'left', dx: 7 }, encoding: { x, y, text: { field: 'text' } } },
    ],
  });
}
