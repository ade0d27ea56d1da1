/** A chart in the notebook: interactive where Vega-Lite is known, a picture of the same chart everywhere else. */

import { writeFileAtomically } from '../files';
import { specToPng, themed, type ChartSpec } from '../plots';
import { openOutput, type Bundle } from './kernel';

/** What else becomes of a chart. */
export interface ShowChartOptions {
  /** Absolute path of a PNG to write, whole or not at all; default: none is written. */
  save?: string;
}

// Sharp on dense screens; the notebook shows the picture at its real size, from the metadata.
const SCALE = 2;

/**
 * Shows a chart as one output in two forms: Vega-Lite 5 and PNG.
 * @param spec a Vega-Lite 5 specification, such as `plots` makes
 * @throws     InputError where the specification can't be drawn
 * @example    await show.chart(plots.classCounts([{ class: 'Male', count: 84434 }, { class: 'Not male', count: 118165 }]))
 */
export async function chart(spec: ChartSpec, options: ShowChartOptions = {}): Promise<void> {
  const output = openOutput();
  const png = await specToPng(spec, { scale: SCALE });
  if (options.save) await writeFileAtomically(options.save, png);
  output.show(chartBundle(spec, png));
}

/**
 * Both forms of a chart as one bundle.
 * @param png the chart drawn at two pixels per unit
 */
export function chartBundle(spec: ChartSpec, png: Uint8Array): Bundle {
  const { data, metadata } = pngBundle(spec, png);
  const interactive = { description: alternativeText(spec), ...themed(spec) };
  return { data: { 'application/vnd.vegalite.v5+json': interactive, ...data }, metadata };
}

/**
 * A chart's picture alone, for a chart that is redrawn while one looks at it.
 * @param png the chart drawn at two pixels per unit
 */
export function pngBundle(spec: ChartSpec, png: Uint8Array): Bundle {
  const bytes = Buffer.from(png);
  // Width and height stand at fixed places in a PNG's first chunk.
  const size = { width: bytes.readUInt32BE(16) / SCALE, height: bytes.readUInt32BE(20) / SCALE };
  return {
    data: { 'image/png': bytes.toString('base64'), 'text/plain': `[chart: ${titlesOf(spec)[0]}]` },
    metadata: { 'image/png': { ...size, alt: alternativeText(spec) } },
  };
}

/** What a screen reader says of a chart. */
function alternativeText(spec: ChartSpec): string {
  const [title, subtitle] = titlesOf(spec);
  return `Chart: ${title}${subtitle && `, ${subtitle}`}`;
}

function titlesOf(spec: ChartSpec): [title: string, subtitle: string] {
  const title = (spec.title ?? {}) as string | { text?: string; subtitle?: string };
  if (typeof title === 'string') return [title, ''];
  return [title.text ?? 'without a title', title.subtitle ?? ''];
}
