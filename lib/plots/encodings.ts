/** Axes and tooltips that several charts share. */

/** A Vega-Lite encoding, tooltip or mark, as plain JSON. */
export type Json = Record<string, unknown>;

/**
 * Names in a given order, any names at all: a folder may be called `constructor`. A list under `sort` would become an
 * expression, in which Vega takes names that every object has, though quoted, for variables.
 */
export function inOrder(field: string, order: readonly string[]): Json {
  return { field, type: 'nominal', sort: null, scale: { domain: order } };
}

/**
 * A vertical axis of names without lines, in the given order.
 */
export function nameAxis(field: string, order: readonly string[]): Json {
  const axis = { ticks: false, domain: false, labelPadding: 8 };
  return { ...inOrder(field, order), title: null, axis };
}

/**
 * For a bar beside a name of which it is the only one. Vega-Lite stacks bars unasked, and Vega groups them by name in a plain
 * object, where `constructor` and `__proto__` are there before any bar.
 */
export const UNSTACKED: Json = { stack: null };

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
