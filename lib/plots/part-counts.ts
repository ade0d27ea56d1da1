/** The parts of a split, each a bar stacked from its classes. */

import type { ChartSpec } from './chart-spec';
import type { ClassCount, CountsOptions } from './class-counts';
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
  const n = rows.reduce((sum, row) => sum + row.count, 0);
  const { title = 'Photos by part and class', subtitle = `n = ${countText(n)} photos` } = options;
  const parts = [...new Set(rows.map((row) => row.part))];
  const classes = [...new Set(rows.map((row) => row.class))];
  const values = piecesOf(rows, parts, classes);
  const totals = parts.map((part) => {
    const total = rows.reduce((sum, row) => sum + (row.part === part ? row.count : 0), 0);
    return { part, total, text: countText(total) };
  });
  const longest = Math.max(1, ...totals.map((row) => row.total));
  const y = {
    field: 'part',
    type: 'nominal',
    title: null,
    sort: parts,
    axis: { ticks: false, domain: false, labelPadding: 8 },
  };
  const scale = { domain: [0, longest * 1.16], nice: false };
  const axis = { format: ',d', tickCount: 5, tickMinStep: 1 };
  const color = {
    field: 'class',
    type: 'nominal',
    scale: { domain: classes, range: CLASS_COLORS },
    legend: { title: null, orient: 'bottom' },
  };
  const ends = { x: { field: 'from', type: 'quantitative', title: 'photos', scale, axis }, x2: { field: 'to' } };
  const tooltip = [
    { field: 'part', type: 'nominal' },
    { field: 'class', type: 'nominal' },
    { field: 'count', type: 'quantitative', title: 'photos', format: ',d' },
    { field: 'share', type: 'quantitative', title: 'share of the part', format: '.1%' },
  ];
  const inside = { x: { field: 'middle', type: 'quantitative', title: 'photos', scale }, y, text: { field: 'text' } };
  const ink = { field: 'ink', type: 'nominal', scale: null };
  const total = { x: { field: 'total', type: 'quantitative', title: 'photos', scale }, y, text: { field: 'text' } };
  return themed({
    title: { text: title, subtitle },
    width: 520,
    height: { step: 44 },
    data: { values },
    layer: [
      { mark: { type: 'bar', height: { band: 0.72 } }, encoding: { ...ends, y, color, tooltip } },
      { mark: { type: 'text', fontWeight: 'bold' }, encoding: { ...inside, color: ink } },
      { data: { values: totals }, mark: { type: 'text', align: 'left', dx: 7 }, encoding: total },
    ],
  });
}

function piecesOf(rows: readonly PartCount[], parts: string[], classes: string[]): object[] {
  const longest = Math.max(...parts.map((part) => sumOf(rows.filter((row) => row.part === part))));
  return parts.flatMap((part) => {
    const mine = classes.flatMap((name) => rows.filter((row) => row.part === part && row.class === name));
    const total = sumOf(mine);
    let from = 0;
    return mine.map(({ class: name, count }) => {
      const piece = { part, class: name, count, share: total > 0 ? count / total : 0, from, to: from + count };
      from += count;
      const text = count >= longest * NARROWEST ? countText(count) : '';
      const color = CLASS_COLORS[classes.indexOf(name) % CLASS_COLORS.length];
      return { ...piece, middle: (piece.from + piece.to) / 2, text, ink: inkOn(color) };
    });
  });
}

function sumOf(rows: readonly PartCount[]): number {
  return rows.reduce((sum, row) => sum + row.count, 0);
}
