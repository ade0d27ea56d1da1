/**
 * Charts and drawings as pictures, drawn on the server with fonts of its own: the same PNG on every machine, as long as the
 * fonts have its characters.
 */

import { InputError } from '../errors';
import type { ChartSpec } from './chart-spec';
import { FONT_FILES, isInFont, textWidth } from './text-width';
import { themed } from './theme';

/** How a chart or drawing becomes pixels. */
export interface PictureOptions {
  /** Pixels per unit of the chart, above 0; default 2, sharp on dense screens. */
  scale?: number;
}

/**
 * Draws a chart as SVG text.
 * @param spec a Vega-Lite 5 specification with its data
 * @returns    a whole SVG document
 * @throws     InputError where Vega-Lite can't compile the specification
 */
export async function specToSvg(spec: ChartSpec): Promise<string> {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const drawing = vega as unknown as VegaDrawing;
  // Without a canvas, Vega guesses that each character is 0.8 em wide and leaves far too much room.
  drawing.textMetrics.width = widthOfItem;
  drawing.resetSVGDefIds();
  const logger = vega.logger(vega.None);
  try {
    const compiled = vegaLite.compile(themed(spec) as never, { logger });
    const view = new vega.View(vega.parse(compiled.spec), { renderer: 'none', logger });
    const svg = await view.toSVG();
    view.finalize();
    return svg;
  } catch (error) {
    throw new InputError({
      where: `chart "${titleOf(spec)}"`,
      found: error instanceof Error ? error.message : String(error),
      expected: 'a Vega-Lite 5 specification with its data',
      remedy: 'Compare it with https://vega.github.io/vega-lite/docs/',
    });
  }
}

/**
 * Draws a chart as PNG.
 * @param spec    a Vega-Lite 5 specification with its data
 * @returns       the file's bytes
 * @throws        InputError where Vega-Lite can't compile the specification
 */
export async function specToPng(spec: ChartSpec, options: PictureOptions = {}): Promise<Uint8Array> {
  return svgToPng(await specToSvg(spec), options);
}

/**
 * Draws an SVG document as PNG with at most 256 colours.
 * @param svg a whole SVG document; pictures inside it as data: addresses
 * @returns   the file's bytes
 */
export async function svgToPng(svg: string, options: PictureOptions = {}): Promise<Uint8Array> {
  const sharp = (await import('sharp')).default;
  // effort 1: a tenth of a second faster than 8, and no larger.
  return sharp(...(await rasterise(svg, options)))
    .png({ palette: true, effort: 1, dither: 0 })
    .toBuffer();
}

/**
 * Draws an SVG document as JPEG, for sheets of photos.
 * @param svg a whole SVG document; pictures inside it as data: addresses
 * @returns   the file's bytes
 */
export async function svgToJpeg(svg: string, options: PictureOptions = {}): Promise<Uint8Array> {
  const sharp = (await import('sharp')).default;
  // Full colour resolution: captions in colour get fringes without it.
  const settings = { quality: 80, mozjpeg: true, chromaSubsampling: '4:4:4' };
  return sharp(...(await rasterise(svg, options)))
    .removeAlpha()
    .jpeg(settings)
    .toBuffer();
}

/**
 * Packs grey or RGB pixels as PNG.
 * @param pixels   rows from the top, `channels` bytes a pixel
 * @param width    in pixels
 * @param height   in pixels
 * @param channels 1 for grey, 3 for RGB
 * @returns        the file's bytes
 */
export async function pixelsToPng(
  pixels: Uint8Array,
  width: number,
  height: number,
  channels: 1 | 3,
): Promise<Uint8Array> {
  const sharp = (await import('sharp')).default;
  return sharp(pixels, { raw: { width, height, channels } }).png().toBuffer();
}

// What Vega's own types leave out.
interface VegaDrawing {
  textMetrics: { width: typeof widthOfItem };
  resetSVGDefIds(): void;
}

interface TextItem {
  fontSize?: number;
  fontWeight?: string | number;
  /** In pixels; what is wider is cut. 0 and undefined cut nothing. */
  limit?: number;
}

function widthOfItem({ fontSize = 11, fontWeight, limit }: TextItem, text: string | number | null): number {
  const width = textWidth(String(text ?? ''), fontSize, fontWeight === 'bold');
  // Vega makes room for what is told here, and cuts what is told to be wider than the limit: so hardly wider.
  return limit ? Math.min(width, limit + 0.01) : width;
}

async function rasterise(svg: string, { scale = 2 }: PictureOptions): Promise<[Buffer, { raw: RawShape }]> {
  const { Resvg } = await import('@resvg/resvg-js');
  const drawing = new Resvg(svg, {
    background: 'white',
    fitTo: { mode: 'zoom', value: scale },
    font: {
      fontFiles: FONT_FILES,
      // Fonts of the machine only for what ours lacks: they aren't the same everywhere, and take time to look through.
      loadSystemFonts: !isInFont(svg),
      defaultFontFamily: 'DejaVu Sans',
      sansSerifFamily: 'DejaVu Sans',
    },
  }).render();
  return [drawing.pixels, { raw: { width: drawing.width, height: drawing.height, channels: 4 } }];
}

interface RawShape {
  width: number;
  height: number;
  channels: 4;
}

function titleOf(spec: ChartSpec): string {
  const title = spec.title as string | { text?: string } | undefined;
  return (typeof title === 'string' ? title : title?.text) ?? 'without a title';
}
