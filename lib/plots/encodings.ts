/** Axes and tooltips that several charts share. */

/** A Vega-Lite encoding, tooltip or mark, as plain JSON. */
export type Json = Record<string, unknown>;

/**
 * A vertical axis of names without lines, in the given order.
 */
export function nameAxis(field: string, order: readonly string[]): Json {
  const axis = { ticks: false, domain: false, labelPadding: 8 };
  return { field, type: 'nominal', title: null, sort: order, axis };
}

/**
 * A horizontal axis of photos, from 0 to `end`.
 */
export function photosAxis(field: string, end: number): Json {
  const axis = { format: ',d', tickCount: 5, tickMinStep: 1 };
  return { field, type: 'quantitative', title: 'pictures', scale: { domain: [0, end], nice: false }, axis };
}

/**
 * A line of a tooltip.
 * @param format for numbers, as d3-format writes it; without one the field holds names
 * @param title  default the field's name
 */
export function tip(field: string, format?: string, title?: string): Json {
  return { field, type: format ? 'quantitative' : 'nominal', ...(format && { format }), ...(title && { title }) };
}
