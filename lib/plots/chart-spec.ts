/** What every chart of this folder returns: a Vega-Lite 5 specification as plain JSON. */

/**
 * A Vega-Lite 5 specification, data included.
 * Looser than Vega-Lite's own type on purpose: that one is too deep for the notebook kernel's TypeScript.
 */
export interface ChartSpec {
  /** The version of the language; `show.chart` and `specToPng` add it where it is missing. */
  $schema?: string;
  /** Any other property of Vega-Lite: `data`, `mark`, `encoding`, `layer`, ... */
  [property: string]: unknown;
}
