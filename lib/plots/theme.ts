/** One look for all charts: font, sizes, and colours that colour-blind readers can tell apart. */

import type { ChartSpec } from './chart-spec';

/** The font of charts and galleries; the pictures carry it, a browser without it takes its next best. */
export const FONT = 'DejaVu Sans, Verdana, sans-serif';

/** Colours by role, readable on white. Source: Okabe & Ito, "Color Universal Design" (2008). */
export const COLORS = {
  blue: '#0072b2',
  vermilion: '#d55e00',
  green: '#009e73',
  purple: '#a6588f',
  orange: '#e69f00',
  sky: '#56b4e9',
  gray: '#767676',
  ink: '#222222',
  faint: '#e4e4e4',
} as const;

/** The order in which classes and lines take their colours. */
export const CLASS_COLORS = [COLORS.blue, COLORS.orange, COLORS.green, COLORS.purple, COLORS.sky, COLORS.vermilion];

const VEGA_LITE_5 = 'https://vega.github.io/schema/vega-lite/v5.json';

const CONFIG = {
  font: FONT,
  view: { stroke: null },
  range: { category: CLASS_COLORS },
  title: {
    anchor: 'start',
    color: COLORS.ink,
    fontSize: 16,
    fontWeight: 'bold',
    offset: 14,
    subtitleColor: '#555555',
    subtitleFontSize: 12,
    subtitlePadding: 5,
  },
  axis: {
    domainColor: COLORS.gray,
    gridColor: COLORS.faint,
    labelFlush: false,
    labelColor: COLORS.ink,
    labelFontSize: 12,
    labelLimit: 260,
    tickColor: COLORS.gray,
    titleColor: COLORS.ink,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titlePadding: 9,
  },
  legend: { labelColor: COLORS.ink, labelFontSize: 12, symbolSize: 110, titleColor: COLORS.ink, titleFontSize: 12 },
  header: { labelFontSize: 12, titleFontSize: 12 },
  text: { color: COLORS.ink, fontSize: 12 },
};

/**
 * Completes a specification: schema, white ground and the theme. What the specification sets itself wins.
 * @param spec a Vega-Lite 5 specification
 * @returns    a new object; `spec` is left as it is
 */
export function themed(spec: ChartSpec): ChartSpec {
  const own = (spec.config ?? {}) as Record<string, unknown>;
  return { $schema: VEGA_LITE_5, background: 'white', padding: 12, ...spec, config: { ...CONFIG, ...own } };
}

/**
 * Black or white, whichever reads better on a colour.
 * @param color as #rrggbb
 * @source      relative luminance as in WCAG 2.1; .18 is where both contrasts are equal
 */
export function inkOn(color: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => (parseInt(color.slice(at, at + 2), 16) / 255) ** 2.2);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? COLORS.ink : 'white';
}

/**
 * A whole number with thousands separators.
 * @example countText(162770) // '162,770'
 */
export function countText(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}
