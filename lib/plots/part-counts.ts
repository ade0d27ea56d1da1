/** The parts of a split, each a bar stacked from its classes. */

import type { ChartSpec } from './chart-spec';
import type { ClassCount, CountsOptions } from './class-counts';
import { nameAxis, photosAxis, tip, type Json } from './encodings';
import { CLASS_COLORS, countText, inkOn, themed } from './theme';

/** One piece of a bar. */
export interface PartCount extends ClassCount {
  /** Part of the split, such as `train`. */
  part: string;
}

// A piece narrower than this share of the longest bar has no room for its number; the tooltip has it.
const NARROWEST = 0.09;

/**
 * A bar for each part, its classes side by side in it, with counts.
 * @param rows one per part and class, in the order wanted
 * @returns    a Vega-Lite 5 specification
 * @example    partCounts([{ part: 'train', class: 'Male', count: 68261 }, { part: 'train', class: 'Not male', count: 94509 }])
 */
export function partCounts(rows: readonly PartCount[], options: CountsOptions = {}): ChartSpec {
  const { title = 'Pictures by part and class', subtitle = `n = ${countText(sumOf(rows))} pictures` } = options;
  const parts = [...new Set(rows.map((row) => row.part))];
  const classes = [...new Set(rows.map((row) => row.class))];
  const totals = parts.map((part) => {
    const total = sumOf(rows.filter((row) => row.part === part));
    return { part, total, text: countText(total) };
  });
  const longest = Math.max(1, ...totals.map((row) => row.total));
  const y = nameAxis('part', parts);
  // Room to the right of the longest bar for its total.
  const at = (field: string): Json => photosAxis(field, longest * 1.16);
  const legend = { title: null, orient: 'bottom' };
  const color = { field: 'class', type: 'nominal', scale: { domain: classes, range: CLASS_COLORS }, legend };
  const ink = { field: 'ink', type: 'nominal', scale: null };
  const tooltip = [tip('part'), tip('class'), tip('count', ',d', 'pictures'), tip('share', '.1%', 'share of the part')];
  const text = { field: 'text' };
  return themed({
    title: { text: title, subtitle },
    width: 520,
    height: { step: 44 },
    data: { values: parts.flatMap((part) => piecesOf(part, rows, classes, longest)) },
    encoding: { y },
    layer: [
      {
        mark: { type: 'bar', height: { band: 0.72 } },
        encoding: { x: at('from'), x2: { field: 'to' }, color, tooltip },
      },
      { mark: { type: 'text', fontWeight: 'bold' }, encoding: { x: at('middle'), text, color: ink } },
      { data: { values: totals }, mark: { type: 'text', align: 'left', dx: 7 }, encoding: { x: at('total'), text } },
    ],
  });
}

function piecesOf(part: string, rows: readonly PartCount[], classes: string[], longest: number): object[] {
  const mine = classes.flatMap((name) => rows.filter((row) => row.part === part && row.class === name));
  const total = sumOf(mine);
  let from = 0;
  return mine.map(({ class: name, count }) => {
    const ends = { from, middle: from + count / 2, to: from + count };
    from += count;
    const text = count >= longest * NARROWEST ? countText(count) : '';
    const ink = inkOn(CLASS_COLORS[classes.indexOf(name) % CLASS_COLORS.length]);
    return { part, class: name, count, share: total > 0 ? count / total : 0, ...ends, text, ink };
  });
}

function sumOf(rows: readonly PartCount[]): number {
  return rows.reduce((sum, row) => sum + row.count, 0);
}
